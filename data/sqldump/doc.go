// Package sqldump reads the rows that an SQL dump inserts: the text that MySQL,
// PostgreSQL and SQLite tools write to carry a table, and that some sources of
// open data publish instead of a file of features.
//
// It is a tokenizer and no database: it knows comments, quoted names, texts with
// the escapes of both dialects, numbers and NULL, and of statements only
// INSERT INTO table (columns) VALUES (…), (…);. Every other statement is passed
// over, so nothing that stands in a dump is ever done. It refuses what it
// cannot be sure of: expressions and functions as values, rows of another
// length than their columns, values larger than allowed. It reads as a stream
// and holds one row at a time.
package sqldump
