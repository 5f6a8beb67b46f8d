// Reads each file of a list with one reader, as users call it; worker.py tells the protocol.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/mail"
	"os"

	"golang.org/x/tools/txtar"
)

type object = map[string]any

var readers = map[string]func(path string) (any, error){
	"go-mail": func(path string) (any, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		message, err := mail.ReadMessage(file)
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(message.Body)
		return []any{object{"headers": message.Header, "text": string(text)}}, err
	},
	"go-gzip": func(path string) (any, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		members, err := gzip.NewReader(file)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(members)
		if err != nil {
			return nil, err
		}
		records := []any{}
		for _, line := range bytes.Split(data, []byte("\n")) {
			var record any
			if len(line) > 0 && json.Unmarshal(line, &record) == nil {
				records = append(records, record)
			}
		}
		return records, nil
	},
	"txtar": func(path string) (any, error) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			return nil, err
		}
		files := []any{}
		for _, file := range archive.Files {
			files = append(files, object{"name": file.Name, "text": string(file.Data)})
		}
		return files, nil
	},
}

func main() {
	list, err := os.Open(os.Args[2])
	if err != nil {
		panic(err)
	}
	out, err := os.OpenFile(os.Args[3], os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		panic(err)
	}
	encoder := json.NewEncoder(out)
	for scanner := bufio.NewScanner(list); scanner.Scan(); {
		documents, err := readers[os.Args[1]](scanner.Text())
		row := []any{scanner.Text(), documents, ""}
		if err != nil {
			row = []any{scanner.Text(), nil, err.Error()}
		}
		if err := encoder.Encode(row); err != nil {
			panic(err)
		}
	}
}
