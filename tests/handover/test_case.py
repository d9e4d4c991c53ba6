"""A case and all that may happen to it: each act in each state, then random sequences."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.handover.case import (
    Act,
    Adviser,
    Case,
    Ending,
    Refusal,
    Refused,
    State,
    Step,
    announce_again,
    answer,
    claim,
    end,
    expire,
    promise_anew,
    release,
    relieve,
    reopen,
    snooze,
    tell_team,
    transfer,
)
from bot.messages import Author, Holder, Reason, Reply

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
LATER = NOW + timedelta(hours=4)
CLAIRE = Adviser(1, "claire@cegep.example", "Claire L.")
MARC = Adviser(2, "marc@univ.example", "Marc D.")
NADIA = Adviser(3, "nadia@cegep.example", "Nadia B.")
SAID = Reply("c'est dit", author=Author.system)

WAITING = Case(1, "c", Reason.asked, opened_at=NOW, promised_at=LATER)
HERS = replace(WAITING, state=State.claimed, adviser=CLAIRE, claimed_at=NOW)
ENDED = replace(HERS, state=State.ended, ended_at=NOW, ending=Ending.given_back)
UNCLAIMED = replace(WAITING, state=State.ended, ended_at=NOW, ending=Ending.unclaimed)

ACTS: dict[str, Callable[[Adviser], Act]] = {
    "claim": lambda who: claim(who, now=NOW, announce=SAID),
    "answer": lambda who: answer(who, text="bonjour"),
    "release": lambda who: release(who, now=NOW, promised_at=LATER, announce=SAID),
    "give back": lambda who: end(who, Ending.given_back, now=NOW, announce=SAID),
    "close": lambda who: end(who, Ending.closed, now=NOW, announce=SAID),
    "expire": lambda _: expire(now=NOW, announce=SAID),
}
ALLOWED = {  # (act, case, who) → (state, floor, verb); whatever is not here is refused
    ("claim", "waiting", CLAIRE): (State.claimed, Holder.adviser, "case.claimed"),
    ("claim", "waiting", MARC): (State.claimed, Holder.adviser, "case.claimed"),
    ("claim", "hers", CLAIRE): (State.claimed, Holder.adviser, "case.claimed_again"),
    ("answer", "hers", CLAIRE): (State.claimed, Holder.adviser, "case.answered"),
    ("release", "hers", CLAIRE): (State.waiting, Holder.waiting, "case.released"),
    ("give back", "hers", CLAIRE): (State.ended, Holder.bot, "case.given_back"),
    ("close", "hers", CLAIRE): (State.ended, Holder.bot, "case.closed"),
    ("expire", "waiting", CLAIRE): (State.ended, Holder.bot, "case.unclaimed"),
    ("expire", "waiting", MARC): (State.ended, Holder.bot, "case.unclaimed"),
}
CASES = {"waiting": WAITING, "hers": HERS, "ended": ENDED, "unclaimed": UNCLAIMED}
REFUSED = {
    **{(act, case): Refusal.ended for act in ACTS for case in ("ended", "unclaimed")},
    **{(act, "waiting"): Refusal.not_yours for act in ("answer", "release", "give back", "close")},
    **{(act, "hers"): Refusal.not_yours for act in ("answer", "release", "give back", "close")},
    ("claim", "hers"): Refusal.taken,
    ("expire", "hers"): Refusal.taken,
}


@pytest.mark.parametrize("who", [CLAIRE, MARC], ids=["who may hold it", "another"])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_in_each_state(act: str, case: str, who: Adviser) -> None:
    done = ACTS[act](who)(CASES[case])
    expected = ALLOWED.get((act, case, who))
    if expected is None:
        assert isinstance(done, Refused)
        assert done.why is REFUSED[act, case]
    else:
        assert isinstance(done, Step)
        assert (done.case.state, done.holder, done.verb) == expected


def test_a_second_adviser_is_told_who_has_the_case() -> None:
    assert ACTS["claim"](MARC)(HERS) == Refused(Refusal.taken, by=CLAIRE)
    assert ACTS["answer"](MARC)(HERS) == Refused(Refusal.not_yours, by=CLAIRE)


def test_claiming_ones_own_case_again_says_nothing_and_changes_nothing() -> None:
    done = ACTS["claim"](CLAIRE)(HERS)
    assert isinstance(done, Step)
    assert (done.case, done.say) == (HERS, ())


def test_a_claimed_case_has_its_adviser_and_its_moment() -> None:
    done = ACTS["claim"](CLAIRE)(WAITING)
    assert isinstance(done, Step)
    assert (done.case.adviser, done.case.claimed_at, done.say) == (CLAIRE, NOW, (SAID,))


def test_an_answer_is_said_in_the_advisers_name() -> None:
    done = ACTS["answer"](CLAIRE)(HERS)
    assert isinstance(done, Step)
    assert done.say == (Reply("bonjour", author=Author.adviser, name="Claire L."),)


def test_a_released_case_has_nobody_and_a_new_promise() -> None:
    done = release(CLAIRE, now=NOW, promised_at=LATER + timedelta(days=1), announce=SAID)(HERS)
    assert isinstance(done, Step)
    assert (done.case.adviser, done.case.claimed_at) == (None, None)
    assert done.case.promised_at == LATER + timedelta(days=1)


FLOOR = {State.waiting: Holder.waiting, State.claimed: Holder.adviser, State.ended: Holder.bot}
ADVISERS = st.sampled_from([CLAIRE, MARC, NADIA])


class AnyLife(RuleBasedStateMachine):
    """Three advisers and the clock do whatever they like to one case."""

    @initialize()
    def opened(self) -> None:
        self.case = WAITING
        self.floor = Holder.waiting
        self.said: list[Reply] = []
        self.endings = 0
        self.clock = NOW

    def act(self, act: Act) -> Step | Refused:
        self.clock += timedelta(minutes=1)
        done = act(self.case)
        if isinstance(done, Refused):
            return done
        self.endings += done.case.state is State.ended
        self.case, self.floor = done.case, done.holder
        self.said += done.say
        return done

    def says(self, text: str) -> Reply:
        return Reply(text, author=Author.system)

    @rule(who=ADVISERS)
    def claim(self, who: Adviser) -> None:
        before = self.case
        done = self.act(claim(who, now=self.clock, announce=self.says("claimed")))
        if before.state is State.waiting:
            assert isinstance(done, Step), "a case nobody has can always be taken"
        elif before.adviser not in (None, who):
            assert isinstance(done, Refused), "nobody takes a case from somebody else"

    @rule(who=ADVISERS)
    def answer(self, who: Adviser) -> None:
        holder = self.case.adviser if self.case.state is State.claimed else None
        done = self.act(answer(who, text="answered"))
        assert isinstance(done, Step) == (holder == who), "only who has the case answers"

    @rule(who=ADVISERS)
    def release(self, who: Adviser) -> None:
        promise = self.clock + timedelta(hours=4)
        done = self.act(release(who, now=NOW, promised_at=promise, announce=self.says("released")))
        if isinstance(done, Step):
            waits = (self.case.announced, self.case.team_told_at, self.case.queued_at)
            assert waits == (0, None, NOW), "it begins to wait anew"

    @rule(who=ADVISERS, to=ADVISERS)
    def transfer(self, who: Adviser, to: Adviser) -> None:
        holder = self.case.adviser if self.case.state is State.claimed else None
        done = self.act(transfer(who, to, now=self.clock, announce=self.says("transferred")))
        assert isinstance(done, Step) == (holder == who), "only who has the case gives it on"
        assert isinstance(done, Refused) or (done.new_hands and self.case.adviser == to)

    @rule(who=ADVISERS)
    def snooze(self, who: Adviser) -> None:
        self.act(snooze(who, self.clock + timedelta(days=1)))

    @rule(who=ADVISERS)
    def reopen(self, who: Adviser) -> None:
        was_ended = self.case.state is State.ended
        done = self.act(reopen(who, now=self.clock, announce=self.says("reopened")))
        assert isinstance(done, Step) == was_ended, "only what has ended is reopened"
        if was_ended:
            self.said, self.endings = [], 0

    @rule(stale=st.booleans())
    def announce_again(self, stale: bool) -> None:
        before, seen = self.case, self.case.announced - stale
        promise = self.clock + timedelta(hours=4)
        done = self.act(announce_again(seen, now=self.clock, promised_at=promise))
        assert isinstance(done, Step) == (before.state is State.waiting and not stale)
        assert self.case.announced == before.announced + isinstance(done, Step)

    @rule()
    def promise_anew(self) -> None:
        before, later = self.case, self.clock + timedelta(days=1)
        act = promise_anew(before.promised_at, promised_at=later, announce=self.says("anew"))
        done = self.act(act)
        assert isinstance(done, Step) == (before.state is State.waiting)
        again = act(self.case)
        assert isinstance(again, Refused), "a promise is mended once, whoever else is at it"

    @rule()
    def tell_team(self) -> None:
        before = self.case
        done = self.act(tell_team(now=self.clock))
        assert isinstance(done, Step) == (before.state is State.waiting)

    @rule(who=ADVISERS, cover=st.none() | ADVISERS)
    def relieve(self, who: Adviser, cover: Adviser | None) -> None:
        before, promise = self.case, self.clock + timedelta(hours=4)
        if cover is None:
            passed = release(who, now=NOW, promised_at=promise, announce=self.says("relieved"))
        else:
            passed = transfer(who, cover, now=self.clock, announce=self.says("covered"))
        done = self.act(relieve(who, passed))
        held = before.state is State.claimed and before.adviser == who
        assert isinstance(done, Step) == (held and before.awaits_since is not None)
        if isinstance(done, Step):
            assert self.case.awaits_since == before.awaits_since, "the person waits as long"

    @rule()
    def person_writes(self) -> None:
        if self.case.state is not State.ended:
            since = self.case.awaits_since or self.clock
            self.case = replace(self.case, awaits_since=since, snoozed_until=None)

    @rule(who=ADVISERS, ending=st.sampled_from([Ending.given_back, Ending.closed]))
    def end(self, who: Adviser, ending: Ending) -> None:
        self.act(end(who, ending, now=self.clock, announce=self.says(f"closing {ending.value}")))

    @rule()
    def expire(self) -> None:
        taken = self.case.state is State.claimed
        done = self.act(expire(now=self.clock, announce=self.says("closing unclaimed")))
        assert not (taken and isinstance(done, Step)), "a case somebody has is never cut"

    @invariant()
    def the_floor_matches_the_state(self) -> None:
        assert self.floor is FLOOR[self.case.state]

    @invariant()
    def whoever_holds_it_is_known_since_when(self) -> None:
        held = self.case.state is State.claimed
        assert not held or (self.case.adviser is not None and self.case.claimed_at is not None)
        assert self.case.state is not State.waiting or self.case.adviser is None

    @invariant()
    def an_end_is_final_and_has_its_reason_and_one_closing_message(self) -> None:
        closing = [reply.text for reply in self.said if reply.text.startswith("closing")]
        if self.case.state is State.ended:
            assert self.case.ending is not None
            assert self.case.ended_at is not None
            assert self.endings == 1
            assert closing == [f"closing {self.case.ending.value}"]
            assert self.said[-1].text == closing[0], "nothing is said after the end"
        else:
            assert (self.case.ending, self.case.ended_at, closing) == (None, None, [])


AnyLife.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestAnyLife = AnyLife.TestCase
