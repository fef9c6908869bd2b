// Package search finds villages, districts, destinations, roads and products by
// name as one types: beginnings of words, slips of the pen, spellings with and
// without spaces, old and abbreviated ones (see geo/names), Indonesian and English
// words for the same kind of place, words in any order. It also reads codes,
// postal codes, coordinates and Plus Codes.
//
// An Index is made of a snapshot and never changes. What it finds it ranks by how
// well it matches, what kind of thing it is, how much it matters and how near it
// is; the same question has the same answer.
//
// It answers any text, if only with nothing; how long a text may be is up to who
// asks.
package search
