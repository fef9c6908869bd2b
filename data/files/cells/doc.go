// Package cells reads the tables of OpenCelliD and gathers their cells into
// sites: where a mast stands, as well as measurements can tell.
//
// A position in these tables is not that of a mast but the middle of where
// phones heard the cell. So the cells of one site lie apart, by 542 m at the
// median for Indonesia, and a site carries how far it may be off.
//
// Which cells are of one site follows from their numbers:
//
//   - LTE: the cell's number without its last 8 bits is the eNodeB (3GPP TS 36.300).
//   - NR: without its last 12 bits it is taken for the gNodeB, whose length
//     the standard leaves open (3GPP TS 38.300: 22 to 32 of 36 bits).
//   - GSM, UMTS, CDMA: within a location area, numbers whose lower 16 bits differ in
//     the last decimal digit only, as operators number the sectors of a mast.
//
// A cell farther than Apart from the middle of its site is a site of its own when
// its radio has no true site number. Sites of one operator and different
// technologies less than Together from each other are one mast.
//
// Answers of the server that stand in a file instead of data, such as
// RATE_LIMITED, are errors: what follows is missing.
package cells

// Distances in metres.
const (
	Apart    = 2569.0 // the 90th percentile of distances between LTE cells of one site in Indonesia
	Together = 300.0
	MaxCells = 10_000_000
)

// A Cell is one line of a table.
type Cell struct {
	Radio    Radio
	MCC, Net int
	Area     int64 // location or tracking area
	ID       int64
	Lon, Lat float64 // degrees
	Range    float64 // metres; 0: unknown
	Samples  int64
	Updated  int64 // seconds since 1970; 0: unknown
}

// Radio is the technology of a cell.
type Radio uint8

// The radios of OpenCelliD.
const (
	GSM Radio = iota + 1
	CDMA
	UMTS
	LTE
	NR
)

func radio(name string) Radio {
	switch name {
	case "GSM":
		return GSM
	case "CDMA":
		return CDMA
	case "UMTS":
		return UMTS
	case "LTE":
		return LTE
	case "NR":
		return NR
	}
	return 0
}

func (r Radio) String() string {
	return [...]string{"", "GSM", "CDMA", "UMTS", "LTE", "NR"}[r]
}

// Technology is what people call it: 2g to 5g.
func (r Radio) Technology() string {
	return [...]string{"", "2g", "3g", "3g", "4g", "5g"}[r]
}

// Operator is who runs a network, from its country and network code (ITU-T E.212);
// "" when it is not known. Names are those of today: Tri is Indosat since 2022.
func Operator(mcc, net int) string {
	if mcc != 510 {
		return ""
	}
	switch net {
	case 10:
		return "Telkomsel"
	case 1, 21, 89:
		return "Indosat"
	case 8, 11:
		return "XL"
	case 9, 28:
		return "Smartfren"
	}
	return ""
}
