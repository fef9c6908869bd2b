// Package fault is how a reader of any format says that a file as a whole is
// not what it should be. What is wrong with one row only is no fault: the row
// is refused, and reading goes on.
package fault

import "fmt"

// An Error is a fault of a file as a whole, which ends its reading.
type Error struct {
	Line    int64  // 1 is the first; 0: unknown
	Offset  int64  // bytes before the fault; 0: unknown, or the start
	Feature int    // the feature it is in or after; 0: before the first
	Reason  string // what is wrong
}

// New is an Error without a place.
func New(format string, args ...any) *Error {
	return &Error{Reason: fmt.Sprintf(format, args...)}
}

// At is an Error at a line, 1 being the first.
func At(line int64, format string, args ...any) *Error {
	return &Error{Line: line, Reason: fmt.Sprintf(format, args...)}
}

func (e *Error) Error() string {
	switch {
	case e.Line == 0 && e.Feature == 0:
		return e.Reason
	case e.Line == 0:
		return fmt.Sprintf("feature %d: %s", e.Feature, e.Reason)
	case e.Offset == 0 && e.Line > 1:
		return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
	case e.Feature == 0:
		return fmt.Sprintf("line %d, byte %d: %s", e.Line, e.Offset, e.Reason)
	default:
		return fmt.Sprintf("line %d, byte %d, feature %d: %s", e.Line, e.Offset, e.Feature, e.Reason)
	}
}
