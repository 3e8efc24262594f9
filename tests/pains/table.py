"""The forty pains in their order: orders, stock, noticing changes, speed and size, limits, money and text, operation."""

from tests.pains.rows import BINARIES, PANEL, SERVICE, TWINS, Pain, later, shown

_LAW_2 = "tests/laws/test_law_2_power_cuts.py::"
_LAW_6 = "tests/laws/test_law_6_orders_once.py::"
_ORDERS = "tests/runs/test_orders.py::"
_HOSTILE = "tests/hostile/test_shops_that_answer_wrongly.py::"
_KEPT = "tests/hostile/test_shops_that_keep_nothing.py::"
_ANSWERS = "tests/connectors/test_mstore_answers.py::"
_TROUBLE = "tests/connectors/test_mstore_trouble.py::"

ROWS: tuple[Pain, ...] = (
    # duplicates and losses of orders
    shown(
        1,
        "each retry made another order, because the number written was not the one looked up",
        f"{_LAW_6}test_at_every_single_step",
        "tests/rules/test_ordering.py::test_a_number_that_does_not_fit_keeps_its_identity",
        "tests/end_to_end/test_bad_orders.py::test_an_order_of_a_long_number_keeps_its_identity",
    ),
    shown(
        2,
        "an answer that got lost on the way meant a second order",
        f"{_LAW_6}test_orders_enter_once_whatever_goes_wrong",
        "tests/faults/test_trading_cuts.py::test_a_killed_run_loses_no_order_and_makes_none_twice",
        "tests/sfera/test_trouble.py::test_an_error_after_saving_is_a_saved_document",
        "tests/connectors/test_orders_of_shops.py::test_an_acknowledgement_whose_answer_was_lost_is_given_again",
    ),
    shown(
        3,
        "two lines with one product code became one, and the buyer got less",
        "tests/end_to_end/test_bad_orders.py::test_two_lines_of_one_product_stay_two",
        "tests/rules/test_ordering.py::test_two_lines_with_the_same_product_stay_two_lines",
        "tests/sfera/test_registering.py::test_two_lines_with_one_product_stay_two",
    ),
    later(4, "the shop itself hands out one cart as several orders", TWINS),
    shown(
        5,
        "one order with a deleted product stopped every order behind it",
        f"{_ORDERS}test_one_unknown_line_leaves_the_whole_order_waiting_and_the_others_enter",
        "tests/end_to_end/test_bad_orders.py::test_every_bad_order_waits_with_its_reason_and_the_good_one_goes",
    ),
    shown(
        6,
        "so many orders a run and no more, and one bad one blocked the rest",
        f"{_ORDERS}test_an_erp_that_refuses_one_document_spares_the_others",
        "tests/sfera/test_trouble.py::test_a_refused_order_does_not_stop_the_next",
        "tests/pains/test_orders.py::test_pain_6_however_many_orders_there_are_they_enter_in_one_run",
    ),
    shown(
        7,
        "a call from the shop that failed was never made again",
        f"{_ORDERS}test_an_order_waits_as_long_as_it_takes_and_enters_by_itself",
        "tests/end_to_end/test_bad_orders.py::test_the_shop_being_told_late_changes_nothing",
    ),
    shown(
        8,
        "orders of some buyers never came, and nobody was told",
        "tests/end_to_end/test_bad_orders.py::test_a_waiting_order_goes_once_its_trouble_is_mended",
        "tests/cli/test_orders.py::test_why_an_order_waits_is_explained_anew",
        "tests/connectors/test_orders_of_shops.py::test_an_order_nobody_can_read_is_told_by_number_and_hides_no_other",
    ),
    shown(
        9,
        "an order changed after it was confirmed simply hung, without a state or a reason",
        f"{_ORDERS}test_an_order_edited_after_its_document_was_made_is_told_until_it_is_right_again",
        f"{_ORDERS}test_an_order_cancelled_after_its_document_was_made_is_told_until_the_document_is_gone",
        f"{_ORDERS}test_an_order_changed_between_reading_and_registering_is_told",
    ),
    shown(
        10,
        "after a long outage orders were older than the window looked at",
        "tests/pains/test_orders.py::test_pain_10_an_order_of_long_ago_enters_like_any_other",
    ),
    shown(
        11,
        "what the ERP said about an order could be read on the server only",
        f"{_ORDERS}test_everything_about_an_order_is_in_its_trail",
        "tests/cli/test_orders.py::test_the_life_of_an_order_is_explained",
        "tests/sfera/test_trouble.py::test_what_stops_every_order_is_a_task_for_somebody",
    ),
    # stock: sold twice, updates lost
    shown(
        12,
        "the nightly job raised stock that was promised to buyers already",
        "tests/rules/test_availability.py::test_quantity_of_one_product_in_one_branch",
        "tests/end_to_end/test_bad_orders.py::test_what_an_order_reserves_is_in_the_stock_of_the_same_run",
    ),
    shown(
        13,
        "a mark per product hid that one of its warehouses had failed; a mark set after reading hid what came between",
        "tests/pains/test_stock.py::test_pain_13_success_in_one_branch_hides_no_failure_in_another",
        "tests/pains/test_changes.py::test_pain_21_what_changes_after_the_scan_is_found_by_the_next_run",
        "tests/store/test_ledger.py::test_an_answer_settles_exactly_its_own_doubt",
    ),
    shown(
        14,
        "buyers at the same moment drove the stock below nought",
        "tests/rules/test_availability.py::test_stock_is_clamped_divided_and_floored",
        "tests/rules/test_properties.py::test_stock_is_never_oversold_and_lacks_less_than_one_pack",
        left=f"{SERVICE} (a sale that pushes its stock at once)",
    ),
    later(15, "one worker in strict order: stock waited an hour behind a bulk job", SERVICE),
    shown(
        16,
        "every shop's stock went through one queue, one at a time",
        "tests/laws/test_law_7_one_writer.py::test_another_channel_does_not_wait",
        left=f"{SERVICE} (an alarm on a backlog that grows)",
    ),
    shown(
        17,
        "the run ended well and the shop showed nought; no warehouse chosen meant the stock of all of them",
        f"{_KEPT}test_a_first_run_that_was_not_kept_is_named_and_sent_again",
        f"{_KEPT}test_a_change_that_was_not_kept_is_sent_until_it_is",
        "tests/end_to_end/test_hostile_shop.py::test_stock_sent_by_itself_is_read_back_too",
        "tests/rules/test_settings.py::test_a_branch_without_a_main_warehouse",
    ),
    later(18, "stock every quarter of an hour: each morning began with what had been oversold overnight", SERVICE),
    shown(
        19,
        "several warehouses, and the last row won",
        "tests/rules/test_availability.py::test_signed_values_are_added_before_the_clamp",
    ),
    # noticing changes
    shown(
        20,
        "a stock that changed without touching the time stamp was never sent",
        "tests/end_to_end/test_drift.py::test_only_the_terms_that_changed_travel",
        "tests/end_to_end/test_drift.py::test_after_a_day_of_work_the_shop_shows_what_the_erp_says",
    ),
    shown(
        21,
        "rows written while the reading passed were skipped, and the run ended green",
        "tests/pains/test_changes.py::test_pain_21_what_changes_after_the_scan_is_found_by_the_next_run",
        f"{_TROUBLE}test_a_reading_begun_before_a_change_does_not_miss_it",
        f"{_ANSWERS}test_a_clock_that_was_set_back_hides_no_change",
    ),
    shown(
        22,
        "everything changed in one moment, the run broke off in the middle of it, and the rest was never sent",
        "tests/pains/test_changes.py::test_pain_22_what_changed_in_one_moment_is_all_sent_though_the_run_breaks_off",
        f"{_LAW_2}test_a_rerun_equals_no_power_cut",
    ),
    shown(
        23,
        "reading stopped at a ceiling of pages and reported success",
        f"{_TROUBLE}test_a_long_list_is_read_to_its_end",
        f"{_TROUBLE}test_a_page_that_comes_for_ever_is_a_fault",
        f"{_HOSTILE}test_a_lost_page_of_the_catalogue_withdraws_nothing",
    ),
    shown(
        24,
        "comparing a large catalogue took days, noticing deletions weeks",
        "tests/pains/test_changes.py::test_pain_24_one_run_compares_everything",
        "tests/runs/test_moves.py::test_a_deleted_card_is_withdrawn_everywhere",
    ),
    # speed and size
    shown(
        25,
        "a hundred products cost eight hundred requests",
        "tests/pains/test_size.py::test_pain_25_requests_are_counted_in_batches_and_not_in_products",
    ),
    shown(
        26,
        "the more products in a request, the slower each one of them",
        f"{_ANSWERS}test_a_shop_too_slow_for_large_batches_gets_smaller_ones",
    ),
    shown(
        27,
        "large catalogues never finished, or ran out of memory",
        "tests/pains/test_size.py::test_pain_31_no_more_cards_are_held_than_a_piece_of_them",
        left=BINARIES,
    ),
    shown(
        28,
        "hours of work with nothing to see, and nothing kept until the end",
        "tests/pains/test_size.py::test_pain_28_a_run_says_how_far_it_is_and_keeps_what_it_did",
        left=f"{PANEL} (progress seen from elsewhere)",
    ),
    shown(
        29,
        "a batch too large for the shop timed out, again and again",
        f"{_ANSWERS}test_a_shop_too_slow_for_large_batches_gets_smaller_ones",
        f"{_ANSWERS}test_a_gateway_that_runs_out_of_time_gets_smaller_batches_too",
        f"{_TROUBLE}test_a_batch_refused_whole_is_halved_until_the_bad_item_stands_alone",
    ),
    shown(
        30,
        "a thousand records in fourteen hours, waiting for a limit that was not near",
        f"{_TROUBLE}test_an_empty_window_is_waited_for",
        left=f"{PANEL} (waiting told apart from working)",
    ),
    shown(
        31,
        "memory grew with what was read, to gigabytes",
        "tests/pains/test_size.py::test_pain_31_no_more_cards_are_held_than_a_piece_of_them",
    ),
    # limits
    shown(
        32,
        "over the limit the shop blocked the whole account, its panel too",
        f"{_TROUBLE}test_an_empty_window_is_waited_for",
        f"{_TROUBLE}test_retry_after_is_obeyed",
        left=f"{SERVICE} (one budget for all that use an account)",
    ),
    shown(
        33,
        "hundreds of operations that changed nothing, every two hours",
        "tests/pains/test_changes.py::test_pain_33_what_was_touched_and_is_equal_is_not_sent",
        "tests/laws/test_law_1_nothing_to_do.py::test_a_second_run_has_nothing_to_do",
        f"{_HOSTILE}test_prices_rounded_by_the_shop_are_told_once_and_not_sent_for_ever",
    ),
    shown(
        34,
        "bursts got a server blocked; the limiter against them made it crawl",
        f"{_TROUBLE}test_retry_after_is_obeyed",
        left=f"{SERVICE} (several connections that find their own pace)",
    ),
    # money, units, texts
    shown(
        35,
        "stock in pieces, price per box of a thousand",
        "tests/rules/test_unit_examples.py::test_unit_price_and_stock",
        "tests/rules/test_pricing.py::test_price_is_per_sales_unit_with_the_unit_beside_it",
    ),
    shown(
        36,
        "the sum was another one in the shop than in the ERP, by the grosz",
        "tests/laws/test_law_9_units.py::test_no_more_than_half_a_grosz_is_rounded_away",
        "tests/house/test_house.py::test_no_amount_ever_becomes_a_binary_fraction",
        "tests/rules/test_order_lines.py::test_lines_always_come_to_the_orders_total_and_quantity",
        "tests/rules/test_ordering.py::test_a_difference_of_vat_beyond_the_tolerance_is_told_and_nothing_is_changed",
        "tests/sfera/test_registering.py::test_where_the_program_reckons_anew_nothing_is_saved",
    ),
    shown(
        37,
        "eighteen went in, three hundred and sixty came out",
        f"{_HOSTILE}test_an_answer_cut_in_half_leaves_the_rest_in_doubt",
        f"{_HOSTILE}test_more_answers_than_questions_are_somebody_elses",
        f"{_ANSWERS}test_results_are_held_against_what_was_sent",
    ),
    shown(
        38,
        "letters turned into question marks, names and symbols cut off in silence",
        "tests/pains/test_size.py::test_pain_38_letters_of_every_kind_arrive_and_none_is_cut_off",
        "tests/end_to_end/test_bad_cards.py::test_bytes_that_are_no_text_spoil_their_own_card_only",
    ),
    # operation
    shown(
        39,
        "one bad record stopped everything behind it, and hours of work were done again",
        f"{_TROUBLE}test_a_scripted_refusal_spares_the_others",
        "tests/laws/test_law_1_nothing_to_do.py::test_what_the_shop_refuses_is_retried_and_nothing_else",
        "tests/end_to_end/test_refusals.py::test_only_the_refused_product_fails",
    ),
    shown(
        40,
        "two runs at once, with a question for a lock; a change of settings meant a restart",
        "tests/laws/test_law_7_one_writer.py::test_force_takes_over_and_the_older_run_records_nothing_more",
        "tests/store/test_leases.py::test_a_lease_that_broke_off_is_taken_over",
        "tests/runs/test_moves.py::test_a_settings_change_reaches_every_card",
    ),
)


def lines() -> list[str]:
    """The table as people read it: number, how it stands, what happened."""
    return [f"{row.number:2}  {_standing(row):8}  {row.told}{f' [{row.left}]' if row.left else ''}" for row in ROWS]


def _standing(row: Pain) -> str:
    return "not yet" if not row.proof else "partly" if row.left else "shown"


if __name__ == "__main__":
    print("\n".join(lines()))
