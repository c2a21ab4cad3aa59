"""The cheapest choice, by HiGHS: one option of each group at most, so much gained in all."""

from collections.abc import Sequence

Choice = tuple[int, float]  # what an option gains, in whole hundredths; what it costs, not negative
_GAP = 1e-9  # the proof has to be complete: HiGHS would stop within a hundredth of a percent


def cheapest(groups: Sequence[Sequence[Choice]], least: int) -> list[int | None]:
    """For each group the place of the option taken, None for none; its cost is the least possible.

    The gains of what is taken come to `least` or more. Raises ValueError if no choice does.
    """
    flat = [(g, n) for g, options in enumerate(groups) for n in range(len(options))]
    most = sum(max((gain for gain, _ in options), default=0) for options in groups)
    taken: list[int | None] = [None] * len(groups)
    if least > most:
        raise ValueError(f"{least} of {most}")
    if least <= 0:
        return taken
    values = _solved(groups, flat, least)
    for (group, place), value in zip(flat, values, strict=True):
        if value > 0.5:
            taken[group] = place
    return taken


def _solved(
    groups: Sequence[Sequence[Choice]], flat: Sequence[tuple[int, int]], least: int
) -> list[float]:
    # Half a second to import, which only this step pays.
    import highspy
    import numpy as np

    class Silent(highspy.Highs):
        """HiGHS greets on standard output as soon as it has callbacks; none are wanted here."""

        def enableCallbacks(self) -> None:  # noqa: N802 - the name is the library's
            """Leave them out."""

    solver = Silent()  # type: ignore[no-untyped-call]
    for name, value in (
        ("log_to_console", False),
        ("output_flag", False),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _GAP),
        ("threads", 1),
    ):
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(flat), len(groups) + 1
    model.col_cost_ = np.array([groups[g][n][1] for g, n in flat])
    model.col_lower_, model.col_upper_ = np.zeros(len(flat)), np.ones(len(flat))
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(flat)
    no_bound = highspy.kHighsInf
    model.row_lower_ = np.array([float(least), *[-no_bound] * len(groups)])
    model.row_upper_ = np.array([no_bound, *[1.0] * len(groups)])
    # By columns: what an option gains in the first row, and a one in the row of its group.
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(0, 2 * len(flat) + 1, 2)
    model.a_matrix_.index_ = np.array([row for g, _ in flat for row in (0, g + 1)])
    model.a_matrix_.value_ = np.array(
        [value for g, n in flat for value in (float(groups[g][n][0]), 1.0)]
    )
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS: {solver.getModelStatus()}")
    return [float(value) for value in solver.getSolution().col_value]
