package shapefile

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/petadesa/petadesa/data/files/fault"
)

// decoding finds how texts are encoded: as asked, as the .cpg says, as the .dbf
// says; else UTF-8 where a text is that, and Windows-1252 where it is not.
func (d *dbf) decoding(asked, cpg string) error {
	name := asked
	if name == "" && cpg != "" {
		text, err := readSmall(cpg)
		if err != nil {
			return err
		}
		name = strings.Trim(text, " \t\r\n\x00\ufeff")
	}
	if name != "" {
		e, called, ok := encodingOf(name)
		if !ok {
			return fault.New("the encoding %.40q is not known: name the right one with --encoding, such as utf-8 or windows-1252", name)
		}
		d.set(e, called)
	} else {
		switch d.language {
		case 0x01:
			d.set(charmap.CodePage437, "cp437")
		case 0x02:
			d.set(charmap.CodePage850, "cp850")
		case 0x03, 0x57, 0x58, 0x59:
			d.set(charmap.Windows1252, "windows-1252")
			d.guess = true // much software writes this mark whatever it writes
		default:
			d.set(charmap.Windows1252, "utf-8 or windows-1252")
			d.guess = true
		}
	}
	for i, n := range d.names {
		text, why := d.text([]byte(n))
		if s, ok := text.(string); ok && why == "" {
			d.names[i] = s
		}
	}
	return nil
}

func (d *dbf) set(e encoding.Encoding, name string) {
	d.encoding = name
	if e != nil {
		d.decoder = e.NewDecoder()
	}
}

var codePage = regexp.MustCompile(`(?i)^(?:ansi|cp|oem|windows)?[ _-]?(\d{3,5})$`)

// encodingOf finds an encoding by the names that a .cpg has: 1252, ANSI 1252,
// UTF-8, 65001, 88591 and those of the web.
func encodingOf(name string) (encoding.Encoding, string, bool) {
	if m := codePage.FindStringSubmatch(name); m != nil {
		switch m[1] {
		case "65001":
			return nil, "utf-8", true
		case "437":
			return charmap.CodePage437, "cp437", true
		case "850":
			return charmap.CodePage850, "cp850", true
		case "1250", "1251", "1252", "1253", "1254", "1255", "1256", "1257", "1258":
			name = "windows-" + m[1]
		case "88591", "28591":
			name = "iso-8859-1"
		case "885915", "28605":
			name = "iso-8859-15"
		}
	}
	name = strings.ReplaceAll(strings.ToLower(name), "iso 8859", "iso-8859")
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, "", false
	}
	if called, _ := htmlindex.Name(e); called == "utf-8" {
		return nil, called, true
	}
	called, _ := htmlindex.Name(e)
	return e, called, true
}

func unixTime(ms int64) string {
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")
}
