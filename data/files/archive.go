package files

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/files/shapefile"
)

// maxMembers bounds the files in an archive that are looked at.
const maxMembers = 10_000

// companions are the ends of the names of the files that belong to one of
// MapInfo's.
var companions = map[string][]string{".tab": {".dat", ".map", ".id", ".ind"}, ".mif": {".mid"}}

// openZip opens the one file of a ZIP archive that can be read, or the one that
// the layer names. Workbooks and KMZ are such archives.
func openZip(ctx context.Context, file, name string, opts *Options, depth int) (_ rows, err error) {
	if depth >= maxNested {
		return nil, tooNested()
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(fault.Within(f, info.Size(), "the ZIP archive"), info.Size())
	if err != nil {
		return nil, packedFault("ZIP archive", err)
	}
	if err := checkMembers(z.File, opts); err != nil {
		return nil, err
	}
	if find(z.File, "xl/workbook.xml") != nil {
		return openWorkbook(ctx, file, opts)
	}
	if find(z.File, "META-INF/manifest.xml") != nil && find(z.File, "content.xml") != nil {
		return openOGR(ctx, file, name, "an OpenDocument spreadsheet", opts)
	}
	member, inner, err := choose(z.File, opts)
	if err != nil {
		return nil, err
	}
	u := &unpackedRows{name: member.Name, how: "a ZIP archive", outer: info.Size()}
	if strings.EqualFold(path.Ext(member.Name), ".kml") {
		u.how = "KMZ"
	}
	if u.dir, err = os.MkdirTemp("", "petadesa-import-*"); err != nil {
		return nil, fmt.Errorf("making room for what is packed: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(u.within(err), u.close())
		}
	}()
	return u, u.open(ctx, z.File, member, name, inner, depth)
}

// open unpacks the member, of a Shapefile all its files, and opens it.
func (u *unpackedRows) open(ctx context.Context, all []*zip.File, member *zip.File, name string, opts *Options, depth int) (err error) {
	put := func(m *zip.File, as string) (string, error) {
		r, err := m.Open()
		if err != nil {
			return "", packedFault("ZIP archive", err)
		}
		defer r.Close()
		to := filepath.Join(u.dir, as)
		n, err := unpack(ctx, to, r, int64(m.CompressedSize64), opts.MaxBytes)
		if err != nil {
			return "", packedFault("ZIP archive", err)
		}
		u.inner += n
		return to, nil
	}
	first, err := put(member, "file"+safeExt(member.Name))
	if err != nil {
		return err
	}
	for _, ext := range companions[strings.ToLower(path.Ext(member.Name))] {
		if m := sibling(all, member.Name, ext); m != nil {
			if _, err := put(m, "file"+ext); err != nil {
				return err
			}
		}
	}
	if !strings.EqualFold(path.Ext(member.Name), ".shp") {
		u.rows, err = openNested(ctx, first, member.Name, opts, depth+1)
		return err
	}
	files := shapefile.Files{SHP: first}
	for ext, to := range map[string]*string{".dbf": &files.DBF, ".cpg": &files.CPG, ".prj": &files.PRJ} {
		if m := sibling(all, member.Name, ext); m != nil {
			if *to, err = put(m, "file"+ext); err != nil {
				return err
			}
		}
	}
	u.rows, err = openShapefile(ctx, files, name, opts)
	return err
}

// checkMembers refuses archives that are not what honest software writes.
func checkMembers(members []*zip.File, opts *Options) error {
	if len(members) > maxMembers {
		return fault.New("the ZIP archive has %d members, more than %d", len(members), maxMembers)
	}
	seen := make(map[string]bool, len(members))
	for _, m := range members {
		switch {
		case strings.ContainsAny(m.Name, "\\\x00"), strings.HasPrefix(m.Name, "/"), slices.Contains(strings.Split(m.Name, "/"), ".."), len(m.Name) > 1 && m.Name[1] == ':':
			return fault.New("the ZIP archive has a member %q, whose name leads out of it", brief(m.Name))
		case !m.Mode().IsRegular() && !m.Mode().IsDir():
			return fault.New("the ZIP archive has a member %q that is neither file nor folder", brief(m.Name))
		case seen[m.Name]:
			return fault.New("the ZIP archive has two members %q", brief(m.Name))
		case m.Flags&1 != 0:
			return fault.New("the ZIP archive is encrypted: unpack it, and give what is in it")
		case m.UncompressedSize64 > uint64(opts.MaxBytes):
			return fault.New("the ZIP archive has a member %q that claims %s, more than %s, the limit for a file", brief(m.Name), byteSize(int64(min(m.UncompressedSize64, 1<<62))), byteSize(opts.MaxBytes))
		}
		seen[m.Name] = true
	}
	return nil
}

// choose finds the member to read, and the options for what is in it.
func choose(members []*zip.File, opts *Options) (*zip.File, *Options, error) {
	var candidates, tables []*zip.File
	for _, m := range members {
		if m.Mode().IsDir() || strings.HasPrefix(m.Name, "__MACOSX/") || strings.HasPrefix(path.Base(m.Name), ".") {
			continue
		}
		readable, table, err := looksReadable(members, m)
		if err != nil {
			return nil, nil, err
		}
		if readable {
			candidates = append(candidates, m)
		} else if table {
			tables = append(tables, m)
		}
	}
	if len(candidates) == 0 {
		candidates = tables
	}
	if doc := find(candidates, "doc.kml"); doc != nil && len(candidates) > 1 {
		placemarks, err := hasPlacemarks(doc)
		if err != nil {
			return nil, nil, err
		}
		if !placemarks { // only links to the others
			candidates = slices.DeleteFunc(candidates, func(m *zip.File) bool { return m == doc })
		}
	}
	inner := *opts
	var names []string
	for _, m := range candidates {
		names = append(names, m.Name)
		stem := strings.TrimSuffix(path.Base(m.Name), path.Ext(m.Name))
		if opts.Layer != "" && (opts.Layer == m.Name || opts.Layer == path.Base(m.Name) || opts.Layer == stem) {
			inner.Layer = ""
			return m, &inner, nil
		}
	}
	switch doc := slices.Index(names, "doc.kml"); {
	case len(candidates) == 0:
		return nil, nil, fault.New("the ZIP archive has nothing in it that can be read%s", contents(members))
	case len(candidates) == 1:
		return candidates[0], &inner, nil
	case doc >= 0:
		return candidates[doc], &inner, nil
	case opts.Layer != "":
		return nil, nil, fault.New("the ZIP archive has no %q; it has %s", brief(opts.Layer), brief(strings.Join(names, ", ")))
	}
	return nil, nil, fault.New("the ZIP archive has several files that can be read: choose one with --layer: %s", brief(strings.Join(names, ", ")))
}

func contents(members []*zip.File) string {
	var names []string
	for _, m := range members {
		names = append(names, m.Name)
	}
	if len(names) == 0 {
		return ": it is empty"
	}
	return ": it has " + brief(strings.Join(names, ", "))
}

// looksReadable tells from its first bytes whether a member is of a format that
// is read, and from its name whether it may be a table.
func looksReadable(all []*zip.File, m *zip.File) (readable, table bool, err error) {
	ext := strings.ToLower(path.Ext(m.Name))
	for owner, ends := range companions {
		if slices.Contains(ends, ext) && sibling(all, m.Name, owner) != nil {
			return false, false, nil
		}
	}
	switch ext {
	case ".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".qml", ".sld":
		return false, false, nil // of a Shapefile
	}
	r, err := m.Open()
	if err != nil {
		return false, false, packedFault("ZIP archive", err)
	}
	defer r.Close()
	start := make([]byte, 512)
	n, err := io.ReadFull(r, start)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, false, packedFault("ZIP archive", err)
	}
	switch kind := sniff(start[:n]); kind {
	case isTable:
		return ext == ".csv" || ext == ".tsv" || ext == ".tab", ext == ".txt", nil
	case isJSON:
		return n > 0 && (ext == ".json" || ext == ".geojson" || ext == ".geojsonl" || ext == ".geojsons" || ext == ""), false, nil
	case isUnknown, isOtherXML:
		_, known := converted[ext]
		return known, false, nil
	default:
		return true, false, nil
	}
}

// hasPlacemarks looks for one in the first megabyte of KML.
func hasPlacemarks(m *zip.File) (bool, error) {
	r, err := m.Open()
	if err != nil {
		return false, packedFault("ZIP archive", err)
	}
	defer r.Close()
	start, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return false, packedFault("ZIP archive", err)
	}
	return bytes.Contains(start, []byte("<Placemark")) || len(start) == 1<<20, nil
}

func find(members []*zip.File, name string) *zip.File {
	for _, m := range members {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// sibling is the member with another end to its name.
func sibling(members []*zip.File, name, ext string) *zip.File {
	stem := strings.TrimSuffix(name, path.Ext(name))
	for _, m := range members {
		if strings.EqualFold(m.Name, stem+ext) {
			return m
		}
	}
	return nil
}

// safeExt is the end of a member's name when it is a plain one.
func safeExt(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if len(ext) < 2 || len(ext) > 10 || strings.Trim(ext[1:], "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return ""
	}
	return ext
}
