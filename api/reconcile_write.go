package api

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/petadesa/petadesa/geo/coverage"
)

// writeContradictions writes one line for each, with what each source says.
func writeContradictions(out io.Writer, found *coverage.Reconciliation) error {
	w := csv.NewWriter(out)
	w.UseCRLF = true
	kinds := []string{"official", "claimed", "modelled", "measured"}
	head := []string{"type", "village_code", "village", "district", "unit", "id", "operator", "technology", "cells", "people", "thin"}
	for _, k := range kinds {
		head = append(head, k+"_says", k+"_count", k+"_date")
	}
	if err := w.Write(head); err != nil {
		return err
	}
	for i := range found.Rows {
		c := &found.Rows[i]
		line := []string{
			c.Type, c.VillageCode, c.Village, c.District, c.Unit, c.ID, c.Operator, c.Technology,
			strconv.Itoa(c.Cells), c.People.String(), strconv.FormatBool(c.Thin),
		}
		for _, kind := range kinds {
			says := []string{"", "", ""}
			for _, e := range c.Evidence {
				if e.Kind == kind {
					says = []string{e.Says, strconv.FormatInt(e.Count, 10), e.Date}
				}
			}
			line = append(line, says...)
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
