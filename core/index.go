package core

import (
	"cmp"
	"slices"
)

// An index spares a channel that has many invitations looking at all of them
// whenever one is made or ends: a thousand that expire one by one would each look
// at a thousand.
type index struct {
	byKey   map[Key]*Invitation
	pending map[string]int         // how many are pending, by invitee
	listed  map[string]*Invitation // the one that is, by invitee
	ended   []*Invitation          // that have ended and are not listed, those that ended first first
}

// indexed is how many invitations a channel has when it gets an index, and half
// as many when it loses it.
const indexed = 8

// hold adds an invitation, the last one to be made.
func (c *Channel) hold(i *Invitation) {
	c.invitations = append(c.invitations, i)
	switch {
	case c.index != nil:
		c.index.add(i)
	case len(c.invitations) >= indexed:
		x := &index{byKey: map[Key]*Invitation{}, pending: map[string]int{}, listed: map[string]*Invitation{}}
		for _, i := range c.invitations {
			x.add(i)
		}
		c.index = x
	}
}

// drop forgets an invitation that is not pending.
func (c *Channel) drop(i *Invitation) {
	c.invitations = remove(c.invitations, i, (*Invitation).byMaking)
	x := c.index
	switch {
	case x == nil:
	case len(c.invitations) == indexed/2:
		c.index = nil
	default:
		delete(x.byKey, i.Key)
		if x.listed[i.Invitee] == i {
			delete(x.listed, i.Invitee)
		} else {
			x.ended = remove(x.ended, i, (*Invitation).byEnd)
		}
	}
}

// settle notes that an invitation has ended, and is listed or not.
func (c *Channel) settle(i *Invitation) {
	if x := c.index; x != nil {
		x.settle(i)
	}
}

// unlist takes an invitation that has ended from the list.
func (c *Channel) unlist(i *Invitation) {
	i.Listed = false
	if x := c.index; x != nil {
		delete(x.listed, i.Invitee)
		x.settle(i)
	}
}

func (x *index) add(i *Invitation) {
	x.byKey[i.Key] = i
	if i.State == Pending {
		x.pending[i.Invitee]++
		return
	}
	x.settle(i)
}

func (x *index) settle(i *Invitation) {
	if i.Listed {
		x.listed[i.Invitee] = i
		return
	}
	k, _ := slices.BinarySearchFunc(x.ended, i, (*Invitation).byEnd)
	x.ended = slices.Insert(x.ended, k, i)
}

// unask notes that an invitation is pending no longer.
func (x *index) unask(i *Invitation) {
	if x.pending[i.Invitee]--; x.pending[i.Invitee] == 0 {
		delete(x.pending, i.Invitee)
	}
}

// byMaking orders invitations as they were made.
func (i *Invitation) byMaking(other *Invitation) int {
	return cmp.Or(cmp.Compare(i.Made, other.Made), cmp.Compare(i.Place, other.Place))
}

// byEnd orders invitations that have ended as they did.
func (i *Invitation) byEnd(other *Invitation) int {
	return cmp.Or(cmp.Compare(i.Ended, other.Ended), i.byMaking(other))
}

// remove takes x out of a list that is in that order.
func remove[T comparable](list []T, x T, order func(x, y T) int) []T {
	k, _ := slices.BinarySearchFunc(list, x, order)
	if k == len(list) || list[k] != x { // others were made, or ended, with it
		if k = slices.Index(list, x); k < 0 {
			return list
		}
	}
	if k > len(list)/2 {
		return slices.Delete(list, k, k+1)
	}
	var zero T
	copy(list[1:k+1], list[:k]) // what is before it is less to move
	list[0] = zero
	return list[1:]
}
