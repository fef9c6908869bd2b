package fault

import "testing"

func TestError(t *testing.T) {
	for want, e := range map[string]*Error{
		"is torn":                            New("is %s", "torn"),
		"line 3: is torn":                    At(3, "is torn"),
		"feature 2: is torn":                 {Feature: 2, Reason: "is torn"},
		"line 1, byte 0: is torn":            At(1, "is torn"),
		"line 2, byte 9: is torn":            {Line: 2, Offset: 9, Reason: "is torn"},
		"line 2, byte 9, feature 1: is torn": {Line: 2, Offset: 9, Feature: 1, Reason: "is torn"},
	} {
		if got := e.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
