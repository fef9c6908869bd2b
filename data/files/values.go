package files

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// convert returns a property value as the field keeps it: string, int64,
// float64, bool or nil. The flaw, if it has a code, says what was repaired or
// why the value is refused (then it is nil).
func convert(f geo.Field, v any) (any, flaw) {
	switch v := v.(type) {
	case nil:
		return nil, flaw{}
	case cell:
		return convertCell(f, v)
	case string:
		if f.Type != geo.String || len(f.Enum) > 0 {
			if strings.TrimSpace(v) == "" {
				return nil, repair(f.Name, CodeConverted, "an empty text is no value")
			}
		}
	}
	switch f.Type {
	case geo.String:
		return toString(f, v)
	case geo.Integer:
		return toInteger(f, v)
	case geo.Number:
		return toNumber(f, v)
	default:
		return toBoolean(f, v)
	}
}

func toString(f geo.Field, v any) (any, flaw) {
	var s string
	var note flaw
	switch v := v.(type) {
	case string:
		s = v
		if before, scrambled := unscrambled(v); scrambled {
			s = before
			note = repair(f.Name, CodeEncoding, "%q was UTF-8 read as Windows-1252: it is %q", brief(v), brief(s))
		}
	case nested:
		var list []string
		if json.Unmarshal([]byte(v), &list) == nil {
			s = strings.Join(list, ";")
			note = repair(f.Name, CodeConverted, "a list became %q", s)
			break
		}
		s = string(v)
		note = repair(f.Name, CodeConverted, "an object or array is kept as JSON text")
	default:
		s = scalarText(v)
		note = repair(f.Name, CodeConverted, "%s became text", s)
	}
	if len(f.Enum) == 0 || slices.Contains(f.Enum, s) {
		return s, note
	}
	if value, ok := translate(f, s); ok {
		return value, repair(f.Name, CodeTranslated, "%q is %q here", s, value)
	}
	return nil, refuse(f.Name, CodeValue, "is %q, want one of %s", brief(s), strings.Join(f.Enum, ", "))
}

func toInteger(f geo.Field, v any) (any, flaw) {
	text, note := numberText(f, v)
	if text == "" {
		return nil, note
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil {
		return n, note
	}
	if !strings.ContainsAny(text, ".eE") {
		return nil, refuse(f.Name, CodeRange, "%s does not fit a 64-bit integer", text)
	}
	x, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.Abs(x) >= 1<<63:
		return nil, refuse(f.Name, CodeRange, "%s does not fit a 64-bit integer", text)
	case x != math.Trunc(x):
		return nil, refuse(f.Name, CodeValue, "is %s, want a whole number", text)
	}
	return int64(x), repair(f.Name, CodeConverted, "%s became %d", text, int64(x))
}

func toNumber(f geo.Field, v any) (any, flaw) {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, refuse(f.Name, CodeNotFinite, "is %v", v)
		}
		return v, flaw{}
	case int64:
		return float64(v), flaw{}
	}
	text, note := numberText(f, v)
	if text == "" {
		return nil, note
	}
	x, ok := parseFloat([]byte(text))
	if !ok {
		return nil, refuse(f.Name, CodeRange, "%s does not fit a 64-bit number", text)
	}
	return x, note
}

// numberText returns the numeral in a value, or "" and why there is none. The
// field's own unit may follow it, as in "31m".
func numberText(f geo.Field, v any) (string, flaw) {
	switch v := v.(type) {
	case numeral:
		return string(v), flaw{}
	case int64, float64:
		return scalarText(v), flaw{}
	case string:
		s := withoutUnit(v, f.Unit)
		if f.Unit == "IDR" && pointOrGroup.MatchString(s) { // there are no thousandths of a rupiah
			s = strings.Replace(s, ".", "", 1)
		}
		n, ok, doubt := looseNumeral(s, f.Type == geo.Integer)
		switch {
		case ok && n == s:
			return n, repair(f.Name, CodeTextNumber, "text %q became a number", v)
		case ok:
			return n, repair(f.Name, CodeTextNumber, "text %q became the number %s", v, n)
		case doubt:
			return "", refuse(f.Name, CodeValue, "is %q, which can be read in two ways: with thousands, or with decimals", brief(v))
		}
		return "", refuse(f.Name, CodeValue, "is %q, want a number", brief(v))
	}
	return "", refuse(f.Name, CodeValue, "is %s, want a number", brief(scalarText(v)))
}

func toBoolean(f geo.Field, v any) (any, flaw) {
	if b, ok := v.(bool); ok {
		return b, flaw{}
	}
	text := scalarText(v)
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "1", "yes", "ya":
		return true, repair(f.Name, CodeConverted, "%s became true", text)
	case "false", "0", "no", "tidak":
		return false, repair(f.Name, CodeConverted, "%s became false", text)
	}
	return nil, refuse(f.Name, CodeValue, "is %q, want true or false", brief(text))
}

func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case numeral:
		return string(v)
	case nested:
		return string(v)
	case cell:
		return v.text
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// inferred returns the type of a value in a collection that is new; nothing for
// a missing one.
func inferred(v any) geo.FieldType {
	switch v := v.(type) {
	case string, nested:
		return geo.String
	case bool:
		return geo.Boolean
	case cell:
		return v.kind
	case int64:
		return geo.Integer
	case float64:
		return geo.Number
	case numeral:
		if strings.ContainsAny(string(v), ".eE") {
			return geo.Number
		}
		return geo.Integer
	}
	return ""
}
