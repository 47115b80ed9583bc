package nim

// AskV2 reads the parameters of a call of V2NIMSignallingService, the JSON text of
// an object. The error is a [*Failure]: no such method (404), or a parameter that
// is missing, has the wrong type or names the caller itself (191004).
func AskV2(self, method string, text []byte) (*Request, error) {
	m := methodNamed(V2Methods, method)
	if m == nil {
		return nil, &Failure{Code: codeNotFound, Message: method + " error: there is no such call", v2: true}
	}
	r, f := m.ask(text)
	if f == nil {
		f = r.options.checkV2(self)
	}
	if f != nil {
		return nil, f
	}
	return r, nil
}

// checkV2 looks for what V2 refuses before it asks the relay.
func (o *options) checkV2(self string) *Failure {
	for i, n := range o.method.takes {
		p := &Params[n]
		switch {
		case p.as == asType:
			if o.kind < 1 || o.kind > 3 {
				return o.method.badParam(p.Name, "is neither 1, 2 nor 3", 0)
			}
		case i < o.method.needs && o.text[p.in] == "":
			return o.method.badParam(p.Name, "is missing", 0)
		case p.as == asText && p.in == atAccount && o.text[atAccount] == self:
			return o.method.badParam(p.Name, "is the caller itself", 0)
		}
	}
	return nil
}
