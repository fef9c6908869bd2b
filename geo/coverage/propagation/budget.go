package propagation

import (
	"math"
	"slices"
)

// Power is what leaves an antenna.
type Power struct {
	TransmitDBm  float64 // of the amplifier, over the whole carrier
	BandwidthMHz float64 // of the LTE carrier: 1.4, 3, 5, 10, 15 or 20
	GainDBi      float64 // of the antenna, in its main direction
	LossDB       float64 // of cables and connectors
}

// Preset is a Power with a name.
type Preset struct {
	Name        string
	Description string
	Power       Power
}

// Presets returns the named powers; the first is the default.
func Presets() []Preset {
	return []Preset{
		{"macro", "40 W on 10 MHz, 15 dBi, 3 dB losses: a macro site", Power{46, 10, 15, 3}},
		{"macro-20mhz", "40 W on 20 MHz, 17 dBi, 3 dB losses: a macro site with a wide carrier", Power{46, 20, 17, 3}},
		{"rural", "20 W on 10 MHz, 15 dBi, 3 dB losses: a village site", Power{43, 10, 15, 3}},
		{"small", "5 W on 10 MHz, 8 dBi, 1 dB losses: a pole in a street", Power{37, 10, 8, 1}},
	}
}

// FindPreset returns the power of that name.
func FindPreset(name string) (Power, bool) {
	all := Presets()
	i := slices.IndexFunc(all, func(p Preset) bool { return p.Name == name })
	if i < 0 {
		return Power{}, false
	}
	return all[i].Power, true
}

// resourceBlocks of the LTE carriers (3GPP TS 36.101, table 5.6-1); 0 when there
// is no such carrier.
func resourceBlocks(mhz float64) float64 {
	switch mhz {
	case 1.4:
		return 6
	case 3, 5, 10, 15, 20:
		return 5 * mhz
	}
	return 0
}

// EIRP returns what is radiated on one resource element, in dBm: the reference
// that RSRP is measured on. All elements are taken to be equally strong.
func (p Power) EIRP() float64 {
	return p.TransmitDBm + p.GainDBi - p.LossDB - 10*math.Log10(12*resourceBlocks(p.BandwidthMHz))
}

func (p Power) check() error {
	if resourceBlocks(p.BandwidthMHz) == 0 {
		return &RangeError{"bandwidth (1.4, 3, 5, 10, 15 or 20)", "MHz", p.BandwidthMHz, 1.4, 20}
	}
	if err := within("transmitted power", "dBm", p.TransmitDBm, 0, 60); err != nil {
		return err
	}
	if err := within("antenna gain", "dBi", p.GainDBi, -10, 30); err != nil {
		return err
	}
	return within("cable loss", "dB", p.LossDB, 0, 30)
}

// Sector is a directional antenna with the horizontal pattern of 3GPP TR 38.901,
// table 7.3-1: 65° between the points of half power, at most 30 dB less behind.
type Sector struct {
	Azimuth float64 // of the main direction: degrees clockwise from north
}

// Attenuation returns in dB by how much less it radiates in a direction.
func (s Sector) Attenuation(azimuth float64) float64 {
	off := math.Mod(azimuth-s.Azimuth, 360)
	if off > 180 {
		off -= 360
	} else if off < -180 {
		off += 360
	}
	return min(12*square(off/65), 30)
}
