from servanda.core.countries import countries, country_by_land, country_by_name


def test_a_demonym_a_capital_and_a_seat_of_power_name_the_state() -> None:
    names = country_by_name()
    assert {names[word].code for word in ("russian", "moscow", "kremlin", "russia")} == {"RUS"}
    assert names["türkiye"] is names["turkish"] is names["ankara"]


def test_no_word_names_two_states_by_chance() -> None:
    seen: dict[str, str] = {}
    for country in countries():
        for name in {word.casefold() for word in country.acting_names if word}:
            assert seen.setdefault(name, country.code) == country.code, name


def test_a_demonym_is_no_place() -> None:
    assert "russian" not in country_by_land()
    assert country_by_land()["kabul"].code == "AFG"
