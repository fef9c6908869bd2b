package sqldump

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// lines renders rows for comparison: texts quoted, NULL as nothing.
func read(dump string) (string, error) {
	var b strings.Builder
	for r, err := range Rows(iotest.OneByteReader(strings.NewReader(dump)), Limits{Value: 100, Columns: 5}) {
		if err != nil {
			return b.String(), err
		}
		fmt.Fprintf(&b, "%d %s%v", r.Line, r.Table, r.Columns)
		for _, v := range r.Values {
			switch v.Kind {
			case Text:
				fmt.Fprintf(&b, " %q", v.Text)
			case Number:
				fmt.Fprintf(&b, " %s", v.Text)
			default:
				b.WriteString(" NULL")
			}
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}

func TestRows(t *testing.T) {
	tests := []struct{ name, dump, want, fault string }{
		{"nothing", "", "", ""},
		{"comments only", "/* a; 'b */ -- c'\n# d\n", "", ""},
		{
			"a boundary file", "/*\nLicence\n*/\nDELETE FROM w WHERE LEFT(kode,5) ='99.01';\nINSERT INTO w(kode,nama,lat,path) VALUES\n\t('99.01.01','Batu''an',-8.5,'[[1,2]]'),\n\t('99.01.02',NULL,+1e-3,'');\n",
			"6 w[kode nama lat path] \"99.01.01\" \"Batu'an\" -8.5 \"[[1,2]]\"\n7 w[kode nama lat path] \"99.01.02\" NULL 1e-3 \"\"\n", "",
		},
		{"both dialects' quotes", "insert ignore into `db`.`T` (`A b`) values ('it\\'s \\\\ \\n \\q');INSERT INTO \"p\".\"t\"(\"x\") VALUE ('é')", "1 T[a b] \"it's \\\\ \\n q\"\n1 t[x] \"é\"\n", ""},
		{"no columns", "INSERT INTO t VALUES (1,.5,-2),(true,FALSE,null)", "1 t[] 1 .5 -2\n1 t[] 1 0 NULL\n", ""},
		{"what follows the rows", "REPLACE INTO t(a) VALUES (1) ON DUPLICATE KEY UPDATE a=VALUES(a);INSERT INTO t VALUES(2);", "1 t[a] 1\n1 t[] 2\n", ""},
		{"other statements", "CREATE TABLE t (a varchar(13) DEFAULT ';');\nCOMMIT;\nINSERT INTO t VALUES(1);SELECT 1", "3 t[] 1\n", ""},
		{"a text without end", "INSERT INTO t VALUES\n('a", "", "line 2: a text or name in quotes does not end"},
		{"a comment without end", "\n/* a", "", "line 2: a comment does not end"},
		{"a function", "INSERT INTO t VALUES(now())", "", `line 1: "now" is not a text, a number or NULL`},
		{"a query", "INSERT INTO t SELECT 1", "", "line 1: INSERT of something other than VALUES"},
		{"no table", "INSERT INTO (a) VALUES(1)", "", "without the name of a table"},
		{"no into", "INSERT 'a' t", "", "INSERT without INTO"},
		{"too few", "INSERT INTO t(a,b) VALUES(1,2),\n(1)", "1 t[a b] 1 2\n", "line 2: 1 values for 2 columns"},
		{"cut short", "INSERT INTO t(a) VALUES(1),(2", "1 t[a] 1\n", "ends in the middle of a statement"},
		{"cut in the columns", "INSERT INTO t(a", "", "ends in the middle of a statement"},
		{"bad columns", "INSERT INTO t('a') VALUES(1)", "", "want the name of a column"},
		{"columns without commas", "INSERT INTO t(a b) VALUES(1)", "", "want a comma or ')' after a column"},
		{"values without commas", "INSERT INTO t VALUES(1 2)", "", "want a comma or ')' after a value"},
		{"no parenthesis", "INSERT INTO t VALUES 1", "", "want '(' before the values"},
		{"a sign before a text", "INSERT INTO t VALUES(-'a')", "", "want a number after the sign"},
		{"too long", "INSERT INTO t VALUES('" + strings.Repeat("a", 101) + "')", "", "a value of more than 100 bytes"},
		{"too many values", "INSERT INTO t VALUES(1,2,3,4,5,6)", "", "more than 5 values"},
		{"too many columns", "INSERT INTO t(a,b,c,d,e,f) VALUES(1)", "", "more than 5 columns"},
		{"a word without end", strings.Repeat("a", 5000), "", "more than 1,024 characters"},
		{"not a text", "PK\x03\x00", "", "a NUL character"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(test.dump)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			own := (*Error)(nil)
			if test.fault == "" && err != nil || test.fault != "" && (!errors.As(err, &own) || !strings.Contains(err.Error(), test.fault)) {
				t.Errorf("error %v, want %q", err, test.fault)
			}
		})
	}
}

func TestReadErrorsAndStops(t *testing.T) {
	broken := errors.New("broken")
	for _, err := range Rows(io.MultiReader(strings.NewReader("INSERT INTO t VALUES ('a"), iotest.ErrReader(broken)), Limits{}) {
		if !errors.Is(err, broken) {
			t.Errorf("error %v", err)
		}
	}
	n := 0
	for range Rows(strings.NewReader("INSERT INTO t VALUES(1),(2),(3)"), Limits{}) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d rows after a stop", n)
	}
}

// Any text gives rows or an error, within the limits; a row that is written
// again is read as it was.
func FuzzRows(f *testing.F) {
	for _, s := range []string{
		"INSERT INTO t(a,b) VALUES('x''y',-1.5e3),(NULL,'\\n');", "/* */ -- \n# \nDELETE FROM t;", "insert into `a`.b value (1)",
		"INSERT INTO t VALUES('", "REPLACE INTO \"q\" VALUES (true) ON CONFLICT DO NOTHING;",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, dump string) {
		for r, err := range Rows(strings.NewReader(dump), Limits{Value: 1000, Columns: 10}) {
			if err != nil {
				return
			}
			if len(r.Values) == 0 || len(r.Values) > 10 || len(r.Columns) > 0 && len(r.Columns) != len(r.Values) {
				t.Fatalf("%+v", r)
			}
			var again strings.Builder
			again.WriteString("INSERT INTO t VALUES(")
			for i, v := range r.Values {
				if i > 0 {
					again.WriteString(",")
				}
				switch v.Kind {
				case Text:
					again.WriteString("'" + strings.NewReplacer(`\`, `\\`, "'", "''").Replace(v.Text) + "'")
				case Number:
					again.WriteString(v.Text)
				default:
					again.WriteString("NULL")
				}
			}
			again.WriteString(")")
			for second, err := range Rows(strings.NewReader(again.String()), Limits{}) {
				if err != nil || fmt.Sprint(second.Values) != fmt.Sprint(r.Values) {
					t.Fatalf("%q: %v, %v", again.String(), second, err)
				}
			}
		}
	})
}
