// Package delimited reads tables of text: CSV (RFC 4180), TSV, and what
// spreadsheets of many countries save under those names. Encoding, delimiter
// and quotation are found in the file; quoted cells may hold line breaks.
//
// It streams: memory is that of one line. It refuses what would shift cells
// into other columns: text after a closing quotation mark, and a quotation that
// never ends. A line that has more or fewer cells than its table is given as it
// is, for the caller to refuse.
package delimited
