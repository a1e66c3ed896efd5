import numpy as np
from gateway.merge import Merged
from gateway.outcome import Outcome
from gateway.tally import WAITING_ROWS, MemberOutcome, Tally, VoteKind
from serving.engine import Rows
from serving.store import Feature

FEATURES = (
    Feature(name="length", kind="number", min=0.0, max=10.0, quantiles=tuple(range(11))),
    Feature(name="color", kind="category", categories=("blue", "red")),
)
CAT, DOG = [0.9, 0.1], [0.2, 0.8]


def tally() -> Tally:
    return Tally(FEATURES, 2, ["a", "b"])


def merged(a: list[list[float]] | str, b: list[list[float]] | str, row_errors: dict[int, str] | None = None) -> Merged:
    """What two members said: probabilities, (rows, 2), with `row_errors` of the first, or the status of a failure."""
    rows = max(len(said) for said in (a, b) if isinstance(said, list))
    outcomes = {
        name: Outcome(said, "it failed")  # type: ignore[arg-type]
        if isinstance(said, str)
        else Outcome(
            "ok",
            probabilities=np.array(said),
            row_errors=row_errors if name == "a" else None,
            engine="fast",
            version="r1",
        )
        for name, said, errors in (("a", a, row_errors), ("b", b, None))
    }
    return Merged(rows, outcomes, ["cat", "dog"])


def asked(*lengths: float, color: float = 0.0) -> Rows:
    return np.array([[length, color] for length in lengths])


def test_rows_are_counted_by_the_bins_of_each_feature() -> None:
    counts = tally()
    counts.add(asked(0.5, 5.0, 99.0), merged([CAT] * 3, [CAT] * 3), None, synthetic=False)
    counts.count()
    assert counts.bins["length", False].tolist() == [1, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    assert counts.bins["color", False].tolist() == [3, 0, 0]


def test_a_value_outside_the_training_range_and_a_category_never_seen_are_out_of_range() -> None:
    counts = tally()
    counts.add(asked(-1.0, 0.0, 10.0, 10.1, color=-1.0), merged([CAT] * 4, [CAT] * 4), None, synthetic=False)
    counts.count()
    assert counts.out_of_range == {("length", False): 2, ("color", False): 4}


def test_each_member_is_counted_by_what_it_predicted_and_how_often_it_agreed() -> None:
    counts = tally()
    counts.add(asked(1, 2, 3), merged([CAT, CAT, DOG], [CAT, DOG, DOG]), None, synthetic=False)
    counts.count()
    assert counts.predicted["a", False].tolist() == [2, 1]
    assert counts.predicted["b", False].tolist() == [1, 2]
    assert counts.voted == {("a", False): 3, ("b", False): 3}
    assert counts.agreed == {("a", False): 3, ("b", False): 2}  # on the row between, the vote is for a cat
    assert counts.votes[VoteKind(unanimous=True, partial=False, synthetic=False)].tolist() == [1, 1]
    assert counts.votes[VoteKind(unanimous=False, partial=False, synthetic=False)].tolist() == [1, 0]


def test_what_came_of_a_member_is_counted_by_row() -> None:
    counts = tally()
    counts.add(asked(1, 2), merged([CAT, CAT], "timeout"), None, synthetic=False)
    counts.add(asked(1, 2), merged([CAT, CAT], [CAT, CAT], {1: "it raised"}), None, synthetic=False)
    counts.count()
    assert +counts.outcomes == {
        MemberOutcome("a", "fast", "ok", synthetic=False): 3,
        MemberOutcome("a", "fast", "error", synthetic=False): 1,
        MemberOutcome("b", "", "timeout", synthetic=False): 2,
        MemberOutcome("b", "fast", "ok", synthetic=False): 2,
    }


def test_one_answer_alone_is_a_partial_vote_and_no_agreement() -> None:
    counts = tally()
    counts.add(asked(1, 2), merged([CAT, CAT], "timeout"), None, synthetic=False)
    counts.count()
    assert not any(counts.agreed.values())
    assert not any(counts.voted.values())
    assert counts.votes[VoteKind(unanimous=True, partial=True, synthetic=False)].tolist() == [2, 0]


def test_what_one_member_alone_was_asked_is_no_vote() -> None:
    counts = tally()
    answer = Outcome("ok", probabilities=np.array([CAT]))
    counts.add(asked(1), Merged(1, {"a": answer}, ["cat", "dog"]), None, synthetic=False)
    counts.count()
    assert not any(votes.any() for votes in counts.votes.values())
    assert counts.predicted["a", False].tolist() == [1, 0]


def test_rows_that_the_answer_did_not_go_to_are_not_counted() -> None:
    counts = tally()
    counts.add(asked(1, 2, 3), merged([CAT, CAT, DOG], "timeout"), np.array([True, False, True]), synthetic=False)
    counts.count()
    assert counts.bins["length", False].sum() == 2
    assert counts.predicted["a", False].tolist() == [1, 1]


def test_synthetic_rows_are_counted_apart() -> None:
    counts = tally()
    counts.add(asked(1), merged([CAT], [CAT]), None, synthetic=False)
    counts.add(asked(1, 99), merged([CAT, DOG], [CAT, DOG]), None, synthetic=True)
    counts.count()
    assert [counts.bins["length", synthetic].sum() for synthetic in (False, True)] == [1, 2]
    assert [counts.out_of_range["length", synthetic] for synthetic in (False, True)] == [0, 1]
    assert [counts.predicted["b", synthetic].tolist() for synthetic in (False, True)] == [[1, 0], [1, 1]]


def test_what_is_not_synthetic_is_there_before_anything_was_asked() -> None:
    counts = tally()
    assert set(counts.bins) == set(counts.out_of_range) == {("length", False), ("color", False)}
    assert set(counts.predicted) == set(counts.agreed) == {("a", False), ("b", False)}
    assert MemberOutcome("a", "", "timeout", synthetic=False) in counts.outcomes


def test_no_more_than_so_many_rows_wait_to_be_counted() -> None:
    counts = tally()
    for _ in range(WAITING_ROWS):
        counts.add(asked(1), merged([CAT], [CAT]), None, synthetic=False)
    assert counts.bins["length", False].sum() == WAITING_ROWS


def test_a_category_that_no_client_of_ours_would_send_is_out_of_range() -> None:
    counts = tally()
    counts.add(asked(1, color=9_999.0), merged([CAT], [CAT]), None, synthetic=False)
    counts.count()
    assert counts.out_of_range["color", False] == 1
    assert counts.bins["color", False].tolist() == [0, 0, 1]


def test_a_foreign_servers_words_for_its_engine_are_no_label() -> None:
    counts = tally()
    answer = Outcome("ok", probabilities=np.array([CAT]), engine="anything")
    counts.add(asked(1), Merged(1, {"foreign": answer}, ["cat", "dog"]), None, synthetic=False)
    counts.count()
    assert {each.engine for each in +counts.outcomes} == {""}
