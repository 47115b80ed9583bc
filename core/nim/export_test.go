package nim

// IsText says whether a parameter must be a text.
func (p Param) IsText() bool { return p.as == asText }
