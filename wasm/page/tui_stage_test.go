//go:build !js

package page

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// onTUIStage plays a story about bob's page, the target b, whose login is under way.
func onTUIStage(t *testing.T, story func(t *testing.T, s *stage, login ended)) {
	var login ended
	play(t, func(s *stage) {
		s.openTUI("b", "bob")
		login = s.calls("login", credentials)
	}, func(t *testing.T, s *stage) { story(t, s, login) })
}

// ended is where the end of a call is to be heard: "" or its error's JSON text.
type ended <-chan string

// calls calls a method whose end the story has to bring about.
func (s *stage) calls(method, args string) ended {
	end := make(chan string, 1)
	go func() {
		_, err := s.Call(s.ctx, "b", method, args)
		if err == nil {
			end <- ""
			return
		}
		end <- err.(interface{ Failure() string }).Failure()
	}()
	synctest.Wait()
	return end
}

// inRoom is bob in ada's room "team".
func (s *stage) inRoom(login ended) {
	s.welcomes(&wire.Welcome{})
	require.Empty(s.t, <-login)
	entered := s.calls("enterRoom", `{"roomId":"team"}`)
	s.answers(s.asked(&wire.Enter{Channel: "team"}), &wire.Outcome{Channel: team("ada", "bob")})
	require.Empty(s.t, <-entered)
}

func team(members ...string) *wire.Channel {
	c := &wire.Channel{ID: "team", Name: "team", Kind: "room", Owner: "ada", Title: "Team"}
	for _, m := range members {
		c.Members = append(c.Members, wire.Member{Account: m, Device: m[:1]})
	}
	return c
}

// drops is the link's end, by the relay's will.
func (s *stage) drops(code wire.CloseCode) { s.link.Closed(int(code), "") }

func TestALoginWaitsForTheRelay(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		second := s.calls("login", credentials)
		require.Empty(t, login)
		s.welcomes(&wire.Welcome{User: &wire.User{Account: "bob", Name: "Bob"}})
		require.Empty(t, <-login)
		require.Empty(t, <-second)
		require.Equal(t, "Bob", s.do("b", "getSelfInfo", "{}")["userName"])
	})
}

func TestALoginIsRefused(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.link = <-s.links
		s.hears()
		s.link.says(&wire.Refused{Refusal: wire.Refusal{Code: "unauthorized", Detail: "the token has expired"}})
		require.JSONEq(t, `{"code":-1003,"message":"unauthorized: the token has expired"}`, <-login)
		s.next("b", "disconnected")
		s.silent("b")
		s.rejects("b", "accept", `{"roomId":"team"}`, `{"code":-1002,`)
	})
}

func TestALoginIsGivenUp(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		require.JSONEq(t, `{"code":-1,"message":"login(): no answer came in time"}`, <-login)
	})
}

func TestALoginFailsSoonWhereNoRelayAnswers(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		for range loginTries {
			require.Empty(t, login)
			(<-s.links).Closed(closeAbnormal, "")
			if len(s.heard("b")) > 0 {
				s.next("b", "willreconnect")
			}
			synctest.Wait()
		}
		require.JSONEq(t, `{"code":-1,"message":"login(): no relay answers at ws://stage"}`, <-login)
		s.next("b", "disconnected")
		again := s.calls("login", credentials)
		s.link = <-s.links
		s.link.Closed(closeAbnormal, "")
		s.next("b", "willreconnect")
		s.welcomes(&wire.Welcome{})
		require.Empty(t, <-again)
	})
}

func TestWhoIsLoggedInKeepsTrying(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		s.drops(wire.CloseRestarting)
		s.next("b", "willreconnect")
		for range 3 * loginTries {
			(<-s.links).Closed(closeAbnormal, "")
			s.next("b", "willreconnect")
		}
		s.welcomes(&wire.Welcome{})
		s.silent("b")
	})
}

// signs is the page that calls login with another token.
func (s *stage) signs(token string) ended {
	s.do("b", "open", `{"dialect":"tui","url":"ws://stage","app":"1400000001","account":"bob","token":"`+token+`","device":"b","life":"b-1"}`)
	return s.calls("login", credentials)
}

func TestATokenThatEndsIsRenewedWithoutLeavingTheRoom(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		s.drops(wire.CloseTokenEnded)
		s.next("b", "willreconnect")
		s.wants("b", "onUserSigExpired")
		s.link = <-s.links
		synctest.Wait()
		require.Empty(t, s.link.frames, "nobody logs in with a token that has ended")

		again := s.signs("fresh")
		hello := s.hears().(*wire.Hello)
		require.Equal(t, "fresh", hello.Token)
		require.NotNil(t, hello.Resume)
		s.link.says(&wire.Welcome{Version: 1, Journal: "j", Now: time.Now().UnixMilli(), Position: s.at, Resumed: true})
		s.next("b", "connected")
		require.Empty(t, <-again)
		require.EqualValues(t, 2, len(s.do("b", "getUserList", "{}")["userInfoList"].([]any)))
		s.silent("b")
	})
}

func TestATokenThatIsNotRenewedIsTriedOnceMore(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		s.drops(wire.CloseTokenEnded)
		s.next("b", "willreconnect")
		s.wants("b", "onUserSigExpired")
		time.Sleep(time.Duration(renewTime) * time.Millisecond)
		synctest.Wait()
		for len(s.links) > 0 {
			s.link = <-s.links
		}
		for len(s.heard("b")) > 0 {
			s.next("b", "willreconnect")
		}
		_, ok := s.hears().(*wire.Hello)
		require.True(t, ok)
		s.link.says(&wire.Refused{Refusal: wire.Refusal{Code: "unauthorized", Detail: "expired"}, Connection: "c7"})
		s.wants("b", "onUserSigExpired")
		require.Equal(t, "c7", s.next("b", "disconnected")["trace"])
	})
}

func TestWhoIsLoggedOutElsewhereHearsOfIt(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		s.drops(wire.CloseReplaced)
		s.next("b", "onKickedOffLine")
		s.next("b", "disconnected")
		s.rejects("b", "exitRoom", `{}`, `{"code":-1002,`)
		again := s.calls("login", credentials)
		s.welcomes(&wire.Welcome{Channels: []wire.Channel{*team("ada", "bob")}})
		require.Empty(t, <-again)
		s.rejects("b", "exitRoom", `{}`, `{"code":-2101,`)
	})
}

func TestASignatureRunsOut(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		s.loses()
		s.link = <-s.links
		s.hears()
		s.link.says(&wire.Refused{Refusal: wire.Refusal{Code: "unauthorized"}})
		require.Nil(t, s.wants("b", "onUserSigExpired"))
		s.next("b", "disconnected")
	})
}

func TestALostLinkIsNoLogout(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		s.loses()
		s.rejects("b", "accept", `{"roomId":"r"}`, `{"code":-1,`)
		s.welcomes(&wire.Welcome{})
		s.idle()
		exit := s.calls("exitRoom", "{}")
		s.answers(s.asked(&wire.Leave{Channel: "team"}), &wire.Outcome{})
		require.Empty(t, <-exit)
	})
}

func TestNoAnswerIsAnError(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		exit := s.calls("exitRoom", "{}")
		s.asked(&wire.Leave{Channel: "team"})
		require.JSONEq(t, `{"code":-1,"message":"exitRoom(): no answer came in time"}`, <-exit)
	})
}

func TestLogoutLeavesTheRoom(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		logout := s.calls("logout", "{}")
		s.refuses(s.asked(&wire.Leave{Channel: "team"}), &wire.Refusal{Code: "owner-cannot-leave"})
		require.Empty(t, <-logout)
		s.next("b", "disconnected")
		s.silent("b")
	})
}

// What the relay leaves to the inbox is told, too: these pages read none.
func TestAFreshStartTellsAllThatIsPending(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.welcomes(&wire.Welcome{Position: 9, Channels: []wire.Channel{}, Invitations: pending(team(), "r1")})
		require.Empty(t, <-login)
		require.Equal(t, []any{"bob", "ada", 1.0}, about(s.next("b", "onReceiveInvitation")))
		s.tells(10, &wire.Ended{Channel: team(), By: "bob", Device: "t", Outcome: "rejected",
			Invitations: []wire.Key{{Inviter: "ada", RequestID: "r1", Invitee: "bob"}}})
		require.Equal(t, false, s.next("b", "onInvitationHandledByOtherDevice")["accepted"])
	})
}

func TestAFreshStartTellsWhatIsDifferent(t *testing.T) {
	onTUIStage(t, func(t *testing.T, s *stage, login ended) {
		s.inRoom(login)
		s.tells(1, &wire.Invited{Channel: &wire.Channel{ID: "r2", Kind: "room"}, Inviter: "cem", RequestID: "1", Invitees: []string{"bob"}})
		s.next("b", "onReceiveInvitation")
		s.loses()
		now := team("bob", "dan")
		now.Invitations = []wire.Listed{{Position: 2, Inviter: "dan", RequestID: "1", Invitee: "eve"}}
		s.welcomes(&wire.Welcome{Position: 9, Channels: []wire.Channel{*now}})
		require.Equal(t, []any{"bob", "cem", 1.0}, about(s.next("b", "onInvitationCancelled")))
		require.Equal(t, []any{"eve", "dan", 1.0}, about(s.next("b", "onInvitationAdded")))
		require.Equal(t, "ada", with(s.next("b", "onRemoteUserLeaveRoom")))
		require.Equal(t, "dan", with(s.next("b", "onRemoteUserEnterRoom")))

		s.loses()
		s.welcomes(&wire.Welcome{Position: 19, Channels: []wire.Channel{}})
		require.EqualValues(t, 4, s.next("b", "onKickedOutOfRoom")["reason"])
	})
}

// A page of the other dialect is told that it was removed, and not again by and by.
func TestARemovedMemberOfTheOtherDialectHearsItOnce(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10, Channels: []wire.Channel{*team("ada", "bob")}})
		s.synced(*team("ada", "bob"))
		s.tells(11, &wire.Left{Channel: team(), Account: "bob", By: "ada", Device: "a"})
		leave := s.next("b", "notify")
		require.Equal(t, []any{"LEAVE", "bob"}, []any{leave["eventType"], leave["from"]})
		time.Sleep(3 * period)
		s.idle()
	})
}
