package names

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Pantai Bajul Mati": "pantai bajul mati", "Pt. BADJOEL  Mati": "pantai bajul mati", "Gn.Kawi": "gunung kawi",
		"Jum'at Légi": "jumat legi", "Tjandi Djago": "candi jago", "Soember-Manjing Wétan": "sumber manjing wetan",
		"Goa Cina (pantai)": "gua cina pantai", "": "", "…": "", "東京 Tower": "東京 tower",
	} {
		if got := Fold(in); got != want {
			t.Errorf("%q is folded to %q, want %q", in, got, want)
		}
	}
	if Key("Bajul Mati") != Key("bajulmati") {
		t.Error("a space makes another key")
	}
}

func TestSame(t *testing.T) {
	for _, test := range []struct {
		a, b        string
		same, equal bool
	}{
		{"Pantai Bajul Mati", "Pt. Bajulmati", true, true},
		{"Coban Rondo", "Air Terjun Coban Rondo", true, true},
		{"Coban Rondo", "Tjoban Rondo", true, true},
		{"Candi Singosari", "Candi Singasari", true, false},
		{"Pantai Balekambang", "Pantai Balaikambang", true, false},
		{"Waduk Karangkates (Bendungan Sutami)", "Bendungan Sutami", true, true},
		{"Coban Sewu (Tumpak Sewu)", "Tumpak Sewu", true, true},
		{"Balekambang", "Pantai Balekambang", true, true},
		{"Waduk Selorejo", "Bendungan Selorejo", true, true},
		{"Pantai Tiga Warna", "Pantai Tigawarna", true, true},
		{"Wana Wisata Coban Talun", "Coban Talun", true, true},
		{"Coban Sewu Pujon", "Coban Sewu (Tumpak Sewu)", false, false},
		{"Pantai Watu Leter", "Pantai Watu Lepek", false, false},
		{"Jatim Park 1", "Jatim Park 2", false, false},
		{"Coban Rondo", "Candi Rondo", false, false},
		{"Gunung Kawi", "Candi Kawi", false, false},
		{"Coban Jahe", "Coban Jodo", false, false},
		{"Kraton Gunung Kawi", "Pesarean Gunung Kawi", false, false},
		{"Coban Rondo", "Taman Labirin Coban Rondo", false, false},
		{"Pantai", "Pantai", true, true},
		{"", "", false, false},
	} {
		if got := Same(test.a, test.b); got != test.same || Same(test.b, test.a) != got {
			t.Errorf("%q and %q: same %v", test.a, test.b, got)
		}
		if got := New(test.a).Equal(New(test.b)); got != test.equal {
			t.Errorf("%q and %q: equal %v", test.a, test.b, got)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Pt. Badjoel (Mati)", "((", "oeoe", "\xff(\xfe)", "djoe njoe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		if !utf8.ValidString(folded) {
			t.Fatalf("%q is folded to bytes that are not UTF-8", s)
		}
		if again := Fold(folded); again != folded {
			t.Fatalf("%q is folded to %q, that to %q", s, folded, again)
		}
		if n := New(s); len(n.variants) > 0 && (!n.Same(n) || !n.Equal(n)) {
			t.Fatalf("%q is not the same as itself", s)
		}
	})
}
