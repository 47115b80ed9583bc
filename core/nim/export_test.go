package nim

// IsText says whether a parameter must be a text.
func (p Param) IsText() bool { return p.as == asText || p.IsWord() }

// IsWord says whether a number does as well.
func (p Param) IsWord() bool { return p.as == asWord }
