package pull

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/petadesa/petadesa/data/fetch"
	"github.com/petadesa/petadesa/data/files"
)

// A Manifest says what a pull brought and from where: enough to know what the
// store holds, whom to name, and whether a file is still the same.
type Manifest struct {
	Regency  string         `json:"regency"`
	Pulled   time.Time      `json:"pulled"`
	Program  string         `json:"program"`
	DryRun   bool           `json:"dry_run"`
	Sources  []SourceResult `json:"sources"`
	Failed   []Omission     `json:"failed"`  // sources that were asked for and left out
	Omitted  []Omission     `json:"omitted"` // sources that were not asked
	Features int            `json:"features"`
}

// A SourceResult is one source that was used.
type SourceResult struct {
	ID          string             `json:"id"`
	Title       string             `json:"title"`
	Homepage    string             `json:"homepage"`
	Licence     string             `json:"licence"`
	Attribution string             `json:"attribution"`
	Date        string             `json:"date"`
	Instead     string             `json:"instead_of,omitempty"` // the source that failed
	Files       []*fetch.File      `json:"files"`
	Collections []CollectionResult `json:"collections"`
}

// A CollectionResult is what became of a source's rows.
type CollectionResult struct {
	Collection string        `json:"collection"`
	Read       int           `json:"read"`
	Stored     int           `json:"stored"`
	Repaired   int           `json:"repaired"`
	Refused    int           `json:"refused"`
	Counts     []files.Count `json:"counts,omitempty"`
	Filled     int           `json:"filled,omitempty"` // features that got a field completed
	Notes      []string      `json:"notes,omitempty"`  // what else is worth knowing
}

// WriteFile writes the manifest as JSON, whole or not at all.
func (m *Manifest) WriteFile(path string) (err error) {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".petadesa-manifest-*")
	if err != nil {
		return fmt.Errorf("writing the manifest: %w", err)
	}
	_, err = f.Write(append(raw, '\n'))
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing the manifest: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
