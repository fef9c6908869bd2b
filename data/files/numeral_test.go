package files

import (
	"strings"
	"testing"

	"github.com/petadesa/petadesa/geo"
)

func TestNumbersAsPeopleWriteThem(t *testing.T) {
	for _, test := range []struct {
		text, unit string
		kind       geo.FieldType
		want       any
	}{
		{"31m", "m", geo.Number, 31.0},
		{"31 meter", "m", geo.Number, 31.0},
		{"3,5", "", geo.Number, 3.5},
		{"1.234,5", "", geo.Number, 1234.5},
		{"1,234.5", "", geo.Number, 1234.5},
		{"1.234.567", "", geo.Integer, int64(1234567)},
		{"1 234", "", geo.Integer, int64(1234)},
		{"8,4 km2", "km²", geo.Number, 8.4},
		{"1.234 jiwa", "people", geo.Number, 1.234},
		{"0,125", "", geo.Number, 0.125},
		{"-3,5", "", geo.Number, -3.5},
		{"Rp 10000,-", "IDR", geo.Integer, int64(10000)},
		{"+12", "", geo.Integer, int64(12)},
		{"1234,567", "", geo.Number, 1234.567},
		{"1,234", "", geo.Number, "two ways"},
		{"1.234", "", geo.Integer, "two ways"},
		{"Rp 10.000", "IDR", geo.Integer, int64(10000)},
		{"Rp. 1.250.000", "IDR", geo.Integer, int64(1250000)},
		{"1,2,3", "", geo.Number, "want a number"},
		{"12.5.2019", "", geo.Number, "want a number"},
		{"m", "m", geo.Number, "want a number"},
		{"00,5", "", geo.Number, "want a number"},
	} {
		got, flaw := convert(geo.Field{Name: "f", Type: test.kind, Unit: test.unit}, test.text)
		if why, refused := test.want.(string); refused {
			if got != nil || !strings.Contains(flaw.reason, why) {
				t.Errorf("%q: %v, %s", test.text, got, flaw.reason)
			}
		} else if got != test.want || !flaw.repaired {
			t.Errorf("%q: %v, %+v; want %v", test.text, got, flaw, test.want)
		}
	}
}

func TestScrambledText(t *testing.T) {
	for in, want := range map[string]string{"LÃ©gi": "Légi", "Légi": "", "Legi": "", "CafÃ© â€” Sawah": "Café — Sawah"} {
		got, flaw := convert(geo.Field{Name: "name", Type: geo.String}, in)
		if want == "" {
			want = in
		}
		if got != want {
			t.Errorf("%q: %v, %+v", in, got, flaw)
		}
	}
}
