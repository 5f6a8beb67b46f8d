# Reads each file of a list with one reader, as users call it; worker.py tells the protocol.
require "json"
require "zlib"
require "jekyll"

def canonical(value)
  case value
  when Time then { "$date" => value.getutc.strftime("%Y-%m-%d %H:%M:%S.%6N") }
  when Date then { "$date" => value.strftime("%Y-%m-%d") }
  when Float then value.finite? ? value : { "$number" => value.nan? ? "NaN" : value.to_s }
  when Array then value.map { |one| canonical(one) }
  when Hash then value.to_h { |key, one| [key.is_a?(String) ? key : "$#{key.class} #{key}", canonical(one)] }
  when String, Integer, true, false, nil then value
  else { "$#{value.class}" => value.to_s }
  end
end

Jekyll.logger.log_level = :error
SITE = Jekyll::Site.new(
  Jekyll.configuration("source" => "/", "quiet" => true, "strict_front_matter" => true, "disable_disk_cache" => true)
)

def jekyll(path)
  page = Jekyll::Page.new(SITE, File.dirname(path), "", File.basename(path))
  [{ "metadata" => canonical(page.data), "body" => page.content.gsub(/\A[\r\n]+|[\r\n]+\z/, "") }]
end

def ruby_zlib(path)
  Zlib::GzipReader.open(path) { |file| file.read.each_line.map { |line| JSON.parse(line) } }
end

name, listed, results = ARGV
File.open(results, "a") do |out|
  File.read(listed).split("\n").each do |path|
    row = begin
      [path, method(name.tr("-", "_")).call(path), ""]
    rescue Exception => error
      [path, nil, error.class.name]
    end
    out.puts JSON.generate(row, ascii_only: true, max_nesting: 0)
    out.flush
  end
end
