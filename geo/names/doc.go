// Package names tells when two spellings stand for one place in Indonesia, and
// brings a name into a form that can be compared, looked up and indexed.
//
// The same place is written Pantai Bajul Mati, Pt. Bajulmati and PANTAI
// BADJOEL MATI. Fold takes away case, accents and punctuation, writes
// abbreviations out and old spellings (oe, dj, tj of before 1972) in the new
// way; Key leaves out spaces as well; Same also forgives a slip of the pen and a
// missing word for the kind of place (Coban Rondo, Air Terjun Coban Rondo).
//
// It knows names only, not where places are: 33 names of villages in one regency
// are shared by 73 of them, so whoever joins by name joins by distance too. It
// refuses nothing: any text has a folded form, if only the empty one.
package names
