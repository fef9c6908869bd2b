package cql2

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ParseJSON reads CQL2 JSON. It fails with an *Error, which names the member of
// the document that is wrong instead of a character.
func ParseJSON(document []byte) (*Filter, error) {
	if len(document) > MaxLength {
		return nil, &Error{Reason: fmt.Sprintf("a filter of %d bytes is longer than %d", len(document), MaxLength)}
	}
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, &Error{Reason: "the filter is not JSON: " + err.Error()}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &Error{Reason: "the filter goes on behind its end"}
	}
	root, err := fromJSON(v, "filter", 0)
	if err != nil {
		return nil, err
	}
	return &Filter{root}, nil
}

func wrongJSON(path, format string, args ...any) error {
	return &Error{Reason: path + ": " + fmt.Sprintf(format, args...)}
}

func fromJSON(v any, path string, depth int) (*node, error) {
	if depth > MaxDepth {
		return nil, &Error{Reason: fmt.Sprintf("more than %d levels of nesting", MaxDepth)}
	}
	switch v := v.(type) {
	case string, bool:
		return &node{op: opLiteral, value: v}, nil
	case json.Number:
		value, err := (&parser{}).number(v.String())
		if err != nil {
			return nil, wrongJSON(path, "%s is not a number that can be reckoned with", v)
		}
		return &node{op: opLiteral, value: value}, nil
	case map[string]any:
		return objectFromJSON(v, path, depth)
	}
	return nil, wrongJSON(path, "expected an operation, property or value")
}

func objectFromJSON(o map[string]any, path string, depth int) (*node, error) {
	for _, member := range []string{"property", "date", "timestamp"} {
		v, ok := o[member]
		if !ok {
			continue
		}
		s, ok := v.(string)
		switch {
		case len(o) > 1 || !ok || s == "":
			return nil, wrongJSON(path, "expected %q with a text, and nothing else", member)
		case member == "property":
			return &node{op: opProperty, value: s}, nil
		}
		at, ok := parseInstant(s)
		if !ok || at.partial() || at.days != (member == "date") {
			return nil, wrongJSON(path, "%.60q is not a %s", s, member)
		}
		return &node{op: opLiteral, value: at}, nil
	}
	switch {
	case o["interval"] != nil:
		return intervalFromJSON(o["interval"], path)
	case o["bbox"] != nil && o["type"] == nil:
		return geometryFromText("BBOX", o["bbox"], path)
	case o["type"] != nil:
		return geometryFromJSON(o, path, depth)
	}
	return operationFromJSON(o, path, depth)
}

// operationFromJSON reads {"op": …, "args": […]}.
func operationFromJSON(o map[string]any, path string, depth int) (*node, error) {
	op, ok := o["op"].(string)
	args, are := o["args"].([]any)
	if !ok || !are || len(o) != 2 {
		return nil, wrongJSON(path, `expected "op" and "args", or a property, instant, interval or geometry`)
	}
	if op == "in" && len(args) == 2 { // its list is one argument
		list, ok := args[1].([]any)
		if !ok || len(list) == 0 {
			return nil, wrongJSON(path+"/args/1", "expected a list of values")
		}
		args = append([]any{args[0]}, list...)
	}
	n := &node{op: op}
	for i, a := range args {
		arg, err := fromJSON(a, fmt.Sprintf("%s/args/%d", path, i), depth+1)
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, arg)
	}
	least, most := arity(op)
	switch {
	case most == 0:
		return nil, wrongJSON(path, "there is no operation %.60q here", op)
	case len(args) < least || len(args) > most:
		return nil, wrongJSON(path, "%s with %d arguments", op, len(args))
	}
	if op == "and" || op == "or" {
		flat := &node{op: op}
		for _, a := range n.args {
			flat.args = appendFlat(flat.args, op, a)
		}
		return flat, nil
	}
	return n, nil
}

// arity is how many arguments an operation takes; 0 when it is none.
func arity(op string) (least, most int) {
	switch op {
	case "and", "or", "in":
		return 2, MaxLength
	case "not", "isNull":
		return 1, 1
	case "between":
		return 3, 3
	case "=", "<>", "<", "<=", ">", ">=", "like", "+", "-", "*", "/", "%", "div", "^":
		return 2, 2
	}
	n, _ := functions(op)
	return n, n
}

func intervalFromJSON(v any, path string) (*node, error) {
	list, ok := v.([]any)
	if !ok || len(list) != 2 {
		return nil, wrongJSON(path, "an interval has two ends")
	}
	n := &node{op: opInterval}
	for i, end := range list {
		at := fmt.Sprintf("%s/interval/%d", path, i)
		if s, ok := end.(string); ok {
			v, ok := parseInstant(s)
			if s != ".." && (!ok || v.partial()) {
				return nil, wrongJSON(at, "%.60q is not a date, a time or \"..\"", s)
			}
			n.args = append(n.args, &node{op: opLiteral, value: v})
			continue
		}
		a, err := fromJSON(end, at, MaxDepth)
		if err != nil {
			return nil, err
		}
		if a.op != opProperty && !isInstant(a.value) {
			return nil, wrongJSON(at, "expected a date, a time, \"..\" or a property")
		}
		n.args = append(n.args, a)
	}
	return n, checkInterval(n)
}
