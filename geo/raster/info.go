package raster

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo/lattice"
)

// The rasters there are. Their names cannot be those of collections.
const (
	Elevation  = "elevation"
	Population = "population"
)

// Names returns the names of all rasters that can be, in order.
func Names() []string { return []string{Elevation, Population} }

// Type is how a raster keeps its values.
type Type string

// The types. A cell without a value is NaN to those who read.
const (
	Int16   Type = "int16" // whole numbers −32767 to 32767
	Float32 Type = "float32"
)

// Registration says where in its cell a value belongs.
type Registration string

// The registrations.
const (
	Corner Registration = "corner" // the value at the north-western corner: a post of SRTM
	Area   Registration = "area"   // of the whole cell
)

// Description says what a raster is.
type Description struct {
	Name         string       `json:"name"`
	Title        string       `json:"title"`
	Type         Type         `json:"type"`
	Registration Registration `json:"registration"`
	Unit         string       `json:"unit"`
	Source       string       `json:"source"`                // the files it was read from
	SourceDate   string       `json:"source_date,omitempty"` // as the user or the file gave it
	Method       string       `json:"method"`                // how values came onto the lattice
	Attribution  string       `json:"attribution,omitempty"`
	License      string       `json:"license,omitempty"`
}

// Describe returns the description of one of the known rasters, without its
// source.
func Describe(name string) (Description, bool) {
	switch name {
	case Elevation:
		return Description{Name: name, Title: "Elevation above sea level", Type: Int16, Registration: Corner, Unit: "m"}, true
	case Population:
		return Description{Name: name, Title: "People per cell", Type: Float32, Registration: Area, Unit: "persons"}, true
	}
	return Description{}, false
}

// BlockInfo is a block that a raster has, and the hash of its values.
type BlockInfo struct {
	lattice.Block
	Hash string
}

// Info is all of a raster but the values.
type Info struct {
	Description
	Blocks []BlockInfo // in order of row and column
}

// Check reports what is wrong with the info, or nil.
func (i *Info) Check() error {
	want, ok := Describe(i.Name)
	if !ok {
		return fmt.Errorf("raster %q: want %s", i.Name, strings.Join(Names(), " or "))
	}
	if i.Type != want.Type || i.Registration != want.Registration || i.Unit != want.Unit {
		return fmt.Errorf("raster %s: %s, %s, %s; want %s, %s, %s", i.Name, i.Type, i.Registration, i.Unit, want.Type, want.Registration, want.Unit)
	}
	for n, b := range i.Blocks {
		if n > 0 && compare(i.Blocks[n-1].Block, b.Block) >= 0 {
			return fmt.Errorf("raster %s: block %d/%d is out of order", i.Name, b.Col, b.Row)
		}
		if err := CheckBlock(b.Block); err != nil {
			return fmt.Errorf("raster %s: %w", i.Name, err)
		}
	}
	return nil
}

// CheckBlock reports a block that is not on the lattice.
func CheckBlock(b lattice.Block) error {
	if b.Col < 0 || b.Row < 0 || b.Col > (lattice.Cols-1)>>8 || b.Row > (lattice.Rows-1)>>8 {
		return fmt.Errorf("block %d/%d is outside of the lattice", b.Col, b.Row)
	}
	return nil
}

// Version is a hash of the description and all values.
func (i *Info) Version() string {
	h := sha256.New()
	d := i.Description
	for _, s := range []string{d.Name, d.Title, string(d.Type), string(d.Registration), d.Unit, d.Source, d.SourceDate, d.Method, d.Attribution, d.License} {
		h.Write(append(binary.AppendUvarint(nil, uint64(len(s))), s...))
	}
	for _, b := range i.Blocks {
		_ = binary.Write(h, binary.LittleEndian, b.Block) // a hash takes what it is given
		h.Write([]byte(b.Hash))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Window returns the smallest rectangle of blocks that holds all of them.
func (i *Info) Window() lattice.Window {
	var w lattice.Window
	for _, b := range i.Blocks {
		w = w.Union(b.Window())
	}
	return w
}

func compare(a, b lattice.Block) int {
	if a.Row != b.Row {
		return int(a.Row) - int(b.Row)
	}
	return int(a.Col) - int(b.Col)
}

// Sort puts blocks in order of row and column.
func Sort(blocks []BlockInfo) {
	slices.SortFunc(blocks, func(a, b BlockInfo) int { return compare(a.Block, b.Block) })
}
