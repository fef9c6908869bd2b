package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// table is a fact table: rows of named, typed-by-hand or extracted values.
type table struct {
	name string
	rows []map[string]string
}

// readTable reads facts/NAME. Every row must have as many values as the header.
func readTable(dir, name string) (table, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return table{}, fmt.Errorf("read facts: %w", err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return table{}, fmt.Errorf("read facts %s: %w", name, err)
	}
	if len(all) == 0 {
		return table{}, fmt.Errorf("read facts %s: no header", name)
	}
	t := table{name: name}
	for _, values := range all[1:] {
		row := make(map[string]string, len(values))
		for i, v := range values {
			row[all[0][i]] = v
		}
		t.rows = append(t.rows, row)
	}
	return t, nil
}

func writeTables(dir string, tables map[string][][]string) error {
	for name, rows := range tables {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("write facts: %w", err)
		}
		w := csv.NewWriter(f)
		if err := w.WriteAll(rows); err != nil {
			f.Close()
			return fmt.Errorf("write facts %s: %w", name, err)
		}
		if err := f.Close(); err != nil {
			return fmt.Errorf("write facts %s: %w", name, err)
		}
	}
	return nil
}

// slug makes an id of a name: lower-case ASCII letters and digits.
func slug(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, " ", "-"))
}

// number reads a decimal value of a row.
func number(row map[string]string, field string) (float64, error) {
	v, err := strconv.ParseFloat(row[field], 64)
	if err != nil {
		return 0, fmt.Errorf("field %s of %v: %w", field, row, err)
	}
	return v, nil
}

// position reads the fields lon and lat of a row, in degrees.
func position(row map[string]string) (orb.Point, error) {
	lon, err := number(row, "lon")
	if err != nil {
		return orb.Point{}, err
	}
	lat, err := number(row, "lat")
	if err != nil {
		return orb.Point{}, err
	}
	if lon < 94 || lon > 142 || lat < -12 || lat > 7 {
		return orb.Point{}, fmt.Errorf("%v lies outside Indonesia", row)
	}
	return orb.Point{lon, lat}, nil
}

// integer reads a whole number of a row.
func integer(row map[string]string, field string) (int, error) {
	n, err := strconv.Atoi(row[field])
	if err != nil {
		return 0, fmt.Errorf("field %s of %v: %w", field, row, err)
	}
	return n, nil
}
