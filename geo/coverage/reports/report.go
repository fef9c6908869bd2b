package reports

import (
	"time"

	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/lattice"
)

// Report is one report as it is kept.
type Report struct {
	Cell       string     `json:"cell"`    // coverage.CellID
	Village    string     `json:"village"` // code of the one it lies in, or nearest to it
	Operator   string     `json:"operator"`
	Technology string     `json:"technology"` // Unsaid when the reporter does not know
	Works      bool       `json:"works"`
	Down       *float64   `json:"down_mbps,omitempty"`
	Up         *float64   `json:"up_mbps,omitempty"`
	Latency    *float64   `json:"latency_ms,omitempty"`
	Device     string     `json:"device"`
	Hour       time.Time  `json:"hour"`     // begin of the hour, UTC
	Reporter   string     `json:"reporter"` // hash of the day
	Status     string     `json:"status"`
	Decisions  []Decision `json:"decisions,omitempty"` // the latest last
}

// Decision is what an editor made of a report.
type Decision struct {
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Status string    `json:"status"`
	Note   string    `json:"note,omitempty"`
}

// The states of a report.
const (
	Pending  = "pending"
	Accepted = "accepted"
	Rejected = "rejected"
)

// What reports may say beside the names of operators.
const (
	Other  = "other"   // operator
	Unsaid = "unknown" // technology, device
)

// Statuses are the states of a report.
func Statuses() []string { return []string{Pending, Accepted, Rejected} }

// Technologies are those that a report may name.
func Technologies() []string { return []string{"2g", "3g", "4g", "5g", Unsaid} }

// Devices are the classes of devices that a report may name.
func Devices() []string { return []string{"phone", "tablet", "modem", "computer", Unsaid} }

// Key is what reports are gathered by.
func (r *Report) Key() Key { return Key{r.Cell, r.Operator, r.Technology} }

// Key is a cell, an operator and a technology.
type Key struct{ Cell, Operator, Technology string }

// Where returns the cell of the lattice.
func (k Key) Where() (lattice.Cell, bool) { return coverage.ParseCellID(k.Cell) }
