// Reads each file of a list with one reader, as users call it; worker.py tells the protocol.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"math"
	"net/mail"
	"os"
	"strconv"

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
	"go": func(path string) (any, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		return records(file)
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
		return records(members)
	},
	"go-scanner": func(path string) (any, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		records, scanner := []any{}, bufio.NewScanner(file)
		for scanner.Scan() {
			var record any
			if err := json.Unmarshal(scanner.Bytes(), &record); err != nil {
				return nil, err
			}
			records = append(records, record)
		}
		return records, scanner.Err()
	},
	"go-txtar": func(path string) (any, error) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			return nil, err
		}
		files := []any{}
		for _, file := range archive.Files {
			files = append(files, object{"name": file.Name, "text": string(file.Data)})
		}
		return []any{object{"comment": string(archive.Comment), "files": files}}, nil
	},
}

// canonical makes an object of what is no exact number: another program would read its digits.
func canonical(value any) any {
	switch one := value.(type) {
	case float64:
		if math.Abs(one) > 1<<53 {
			return object{"$number": strconv.FormatFloat(one, 'e', -1, 64)}
		}
	case object:
		for name, inner := range one {
			one[name] = canonical(inner)
		}
	case []any:
		for at, inner := range one {
			one[at] = canonical(inner)
		}
	}
	return value
}

// The values of JSON in a row.
func records(file io.Reader) (any, error) {
	found := []any{}
	for decoder := json.NewDecoder(file); ; {
		var record any
		if err := decoder.Decode(&record); err == io.EOF {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		found = append(found, record)
	}
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
		row := []any{scanner.Text(), canonical(documents), ""}
		if err != nil {
			row = []any{scanner.Text(), nil, err.Error()}
		}
		if err := encoder.Encode(row); err != nil {
			panic(err)
		}
	}
}
