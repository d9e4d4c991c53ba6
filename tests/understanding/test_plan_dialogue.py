"""« Mon plan », asked one thing at a time: every awkward turn of a conversation, then the plan."""

import asyncio
import re
from datetime import timedelta

import pytest

from actions.saying import today
from bot.messages import Incoming, Message
from bot.wiring import Service, clock
from tests.understanding.talk import Talk, words

pytestmark = pytest.mark.asyncio(loop_scope="package")

_ANSWERS = ("française", "un bts sio", "un bac universitaire", "laval", "rentrée 2028")


async def planning(assistant: Service, *answers: str) -> tuple[Talk, list[Message]]:
    """A conversation in which the plan was begun and these answers were given."""
    talk = await Talk.begin(assistant)
    said = await talk.say("mon plan")
    for answer in answers:
        said = await talk.say(answer)
    return talk, said


def titles(said: list[Message]) -> list[str]:
    return [button.title for message in said for button in message.buttons]


def steps(said: list[Message]) -> list[str]:
    return [card.title for message in said for card in message.cards]


async def test_the_plan_is_made_from_what_is_answered_in_words(assistant: Service) -> None:
    talk, said = await planning(assistant, *_ANSWERS)
    assert "lettre d’admission" in words(said)
    assert "18 ans" in words(await talk.say("pas encore"))

    plan = await talk.say("j'ai 19 ans")

    assert "Votre plan pour l’automne 2028" in words(plan)
    assert "Demander le CAQ" in steps(plan)
    assert any(card.ends for message in plan for card in message.cards)
    assert all(card.sources for message in plan for card in message.cards)
    assert "Mon budget" in titles(plan)


async def test_only_what_is_unknown_is_asked(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("je suis belge, j'ai un BTS et je vise Garneau pour la rentrée 2028")

    said = await talk.say("fais-moi un plan")

    assert "Quel niveau visez-vous" in words(said)
    assert "lettre d’admission" in words(await talk.press("Cégep (DEC, AEC)", said))


async def test_buttons_answer_as_well_as_words(assistant: Service) -> None:
    _, said = await planning(assistant)
    assert "Quelle est votre citoyenneté?" in words(said)
    talk, said = await planning(assistant)
    for title in ("Autre", "Licence", "Maîtrise ou doctorat", "Université Laval"):
        said = await talk.press(title, said)
    assert "Quand voulez-vous commencer?" in words(said)
    said = await talk.press(titles(said)[0], said)
    plan = await talk.press("Pas encore", said)
    assert "Choisir un programme" in steps(plan)


async def test_not_to_know_is_an_answer_and_the_plan_says_what_would_change(
    assistant: Service,
) -> None:
    unknown = ["je ne sais pas", "jsp", "aucune idée", "pas encore", "je sais pas encore", "jsp"]
    talk, _ = await planning(assistant, *unknown)

    plan = await talk.say("je préfère pas dire")

    assert "Votre plan" in words(plan)
    assert "Ce qui changerait cette liste" in words(plan)
    assert "session de début" in words(plan)
    again = await talk.press("Compléter mon plan", plan)
    assert "Quelle est votre citoyenneté?" in words(again)


async def test_why_a_question_is_asked_is_said_and_it_is_asked_again(assistant: Service) -> None:
    talk, _ = await planning(assistant)
    said = words(await talk.say("pourquoi cette question ?"))
    assert "ne suivent pas les mêmes règles selon la citoyenneté" in said
    assert said.endswith("Quelle est votre citoyenneté?")


async def test_one_can_go_back_and_answer_otherwise(assistant: Service) -> None:
    talk, said = await planning(assistant, "française", "bac")
    assert "Quel niveau visez-vous" in words(said)

    assert "Quel diplôme avez-vous" in words(await talk.say("retour"))
    await talk.say("bts")

    assert "diplôme ou études en cours\u00a0: BTS" in words(await talk.say("mon profil"))


async def test_the_first_question_has_none_before_it(assistant: Service) -> None:
    talk, _ = await planning(assistant)
    said = words(await talk.say("retour"))
    assert "C’est la première question" in said
    assert "Quelle est votre citoyenneté?" in said


async def test_a_pause_keeps_what_was_said_and_the_plan_goes_on_later(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française", "bts")

    paused = await talk.say("plus tard")
    assert "est gardé" in words(paused)
    assert (await talk.say("combien coûte le caq"))[0].topic == "caq/fee"

    resumed = words(await talk.say("reprendre mon plan"))
    assert "Reprenons votre plan" in resumed
    assert "Quel niveau visez-vous" in resumed


async def test_a_question_in_the_middle_is_answered_and_nothing_is_lost(
    assistant: Service,
) -> None:
    talk, _ = await planning(assistant, "française", "bts")

    said = await talk.say("c'est combien le caq ?")

    assert said[0].topic == "caq/fee"
    assert "Quel niveau visez-vous" in said[-1].text


async def test_an_answer_and_a_question_in_one_message_get_both(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS[:4])

    said = await talk.say("septembre 2028, et c'est combien le caq ?")

    assert said[0].topic == "caq/fee"
    assert "session de début\u00a0: automne 2028" in said[-1].text
    assert "lettre d’admission" in said[-1].text


async def test_two_answers_at_once_are_both_kept(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française", "bts", "un bac universitaire")

    said = words(await talk.say("laval, pour septembre 2028"))

    assert "Université Laval" in said
    assert "automne 2028" in said
    assert "lettre d’admission" in said


async def test_a_question_about_an_institution_chooses_none(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française", "bts", "un bac universitaire")

    said = await talk.say("c'est combien les résidences à laval ?")

    assert "un établissement en vue" in said[-1].text
    assert "établissement\u00a0:" not in words(await talk.say("mon profil"))


async def test_a_correction_before_the_end_is_kept(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française", "bts", "un bac universitaire")
    said = words(await talk.say("non, en maîtrise"))
    assert "niveau visé\u00a0: maîtrise ou doctorat" in said
    assert "un établissement en vue" in said


async def test_nonsense_is_helped_once_then_left_aside(assistant: Service) -> None:
    talk, _ = await planning(assistant)

    helped = words(await talk.say("blorp"))
    assert "Je n’ai pas reconnu de citoyenneté" in helped
    assert "Quelle est votre citoyenneté?" in helped

    assert "Quel diplôme avez-vous" in words(await talk.say("zzz"))


async def test_a_bac_plus_two_may_be_several_diplomas(assistant: Service) -> None:
    _, said = await planning(assistant, "française", "un bac +2")
    assert "peut en être plusieurs" in words(said)


async def test_the_form_can_be_stopped(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française")
    assert "C’est arrêté" in words(await talk.say("annuler"))
    assert "citoyenneté\u00a0: française" in words(await talk.say("mon profil"))


async def test_asking_for_a_person_in_the_middle_reaches_one(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française")
    assert "Comment peut-elle vous appeler?" in words(await talk.say("je veux un conseiller"))
    await talk.say("Léa")
    assert "C’est transmis" in words(await talk.say("non"))


async def test_distress_comes_before_the_form(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française")
    said = words(await talk.say("j'ai envie de mourir"))
    assert "3114" in said
    assert "?" not in said  # the form's question can wait


async def test_the_plan_goes_on_where_distress_stopped_it(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française")
    await talk.say("j'ai envie de mourir")
    assert "diplôme" in words(await talk.say("mon plan"))


async def test_a_personal_case_is_never_advised_on_in_the_form(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS)
    said = words(await talk.say("oui mais mon permis a été refusé, je fais quoi ?"))
    assert "seule une personne autorisée par la loi" in said


async def test_a_session_that_cannot_be_aimed_at_any_more_offers_the_next(
    assistant: Service,
) -> None:
    talk, _ = await planning(assistant, *_ANSWERS[:4], f"janvier {today().year}", "non")
    plan = await talk.say("19 ans")
    assert "La prochaine session à viser" in words(plan)
    adjusted = await talk.press(titles(plan)[0], plan)
    assert "Votre plan pour" in words(adjusted)


async def test_a_correction_changes_the_plan_that_was_shown(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")

    said = words(await talk.say("finalement janvier 2029"))

    assert "C’est changé" in said
    assert "hiver 2029" in said


@pytest.mark.parametrize(
    "corrected", ["finalement je pars en janvier", "je préfère janvier finalement"]
)
async def test_a_month_without_its_year_is_the_next_one_that_can_be_aimed_at(
    assistant: Service, corrected: str
) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")
    said = words(await talk.say(corrected))
    assert "C’est changé (session de début\u00a0: hiver" in said
    assert "Votre plan pour l’hiver" in said


async def test_another_session_that_is_only_supposed_is_offered(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")

    said = await talk.say("et si je commence plutôt en hiver 2029 ?")

    assert "hiver 2029" in words(said)
    if titles(said) == ["Hiver 2029"]:  # offered, and not moved
        said = await talk.press("Hiver 2029", said)
    assert "Votre plan pour l’hiver 2029" in words(said)


async def test_too_late_or_not_is_said_of_one_s_own_plan(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")
    assert "il est encore temps pour l’automne 2028" in words(await talk.say("c'est trop tard ?"))


async def test_a_correction_that_moves_nothing_shows_nothing_again(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")
    said = await talk.say("finalement automne 2028")
    assert "Cela ne change rien" in words(said)
    assert steps(said) == []


async def test_a_correction_says_what_it_moves(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")
    said = words(await talk.say("non pardon, je suis admise"))
    assert "En moins\u00a0: Choisir un programme" in said
    assert "En plus\u00a0: Accepter l’offre d’admission" in said


async def test_a_pdf_of_the_plan_is_a_page_to_print(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")
    said = await talk.say("je peux avoir mon plan en pdf ?")
    assert "«\u00a0Imprimer\u00a0»" in words(said)
    assert steps(said) == []


async def test_whoever_turns_eighteen_before_they_arrive_needs_no_guardian(
    assistant: Service,
) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore")
    plan = await talk.say("elle aura 18 ans en mars 2028")
    assert not [title for title in steps(plan) if "mineure" in title]
    assert "C’est l’âge à l’arrivée qui compte" in words(plan)


async def test_a_family_is_counted_in_the_budget(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("nous sommes un couple avec un enfant de 4 ans, quel budget pour nous trois ?")
    await talk.say("je suis française")
    said = await talk.say("mon budget")
    for _ in range(6):
        if steps(said):
            break
        said = await talk.say("je ne sais pas")
    assert "deux adultes et un enfant" in words(said)
    facts = [fact.label for message in said for card in message.cards for fact in card.facts]
    assert "Deux adultes et un enfant" in facts


async def test_a_family_that_is_not_counted_is_asked_who_it_is(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("je suis française et je viens avec ma famille")
    said = await talk.say("mon budget")
    assert "Qui part avec vous?" in words(said)
    assert "qui part\u00a0: deux adultes" in words(await talk.say("à deux"))


async def test_a_question_after_the_plan_is_no_correction(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")
    [answer, *_] = await talk.say("frais de scolarité pour une maîtrise")
    assert answer.topic is not None
    assert answer.topic.startswith("tuition/")


async def test_to_ask_for_the_plan_in_the_middle_of_it_only_asks_again(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française")
    assert words(await talk.say("mon plan")) == "Quel diplôme avez-vous, ou préparez-vous?"


async def test_the_budget_may_be_asked_in_the_middle_of_the_plan(assistant: Service) -> None:
    talk, _ = await planning(assistant, "française")
    said = words(await talk.say("mon budget"))
    assert "Faisons votre budget" in said
    assert "Quel niveau visez-vous" in said


async def test_the_plan_is_shown_again_on_request(assistant: Service) -> None:
    talk, _ = await planning(assistant, *_ANSWERS, "pas encore", "19 ans")
    await talk.say("merci")
    assert "Votre plan pour l’automne 2028" in words(await talk.say("montre mon plan"))


async def test_who_is_not_french_never_gets_the_french_rule_in_a_plan(assistant: Service) -> None:
    talk, _ = await planning(assistant, "marocaine", *_ANSWERS[1:], "pas encore")
    plan = await talk.say("19 ans")
    shown = words(plan) + " ".join(card.text for message in plan for card in message.cards)
    assert "Demander le CAQ" in steps(plan)
    assert not re.search(r"(les|aux|comme) (citoyens )?Français", shown)
    # Which of both it is depends on the nationality: never the one of the French alone.
    assert not re.search(r"\bAVE\b(?![^.]*\bvisa\b)", shown)


async def test_the_plan_is_offered_once_after_the_third_answer(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("c'est quoi le caq")
    await talk.say("il fait froid en hiver ?")
    offered = await talk.say("comment ouvrir un compte bancaire")
    assert "Voulez-vous votre plan" in words(offered)
    assert "Voulez-vous votre plan" not in words(await talk.say("combien coûte le caq"))


async def test_yes_to_the_offer_begins_and_no_does_not(assistant: Service) -> None:
    for answer, expected in (("oui", "Quelle est votre citoyenneté?"), ("non", "mon plan")):
        talk = await Talk.begin(assistant)
        for question in ("c'est quoi le caq", "il fait froid en hiver ?", "le bus c'est combien"):
            await talk.say(question)
        assert expected in words(await talk.say(answer))


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("quelles sont les étapes pour étudier à Québec", "admission/first_steps"),
        ("par où commencer pour étudier au québec", "admission/first_steps"),
        ("rétroplanning études québec", "processing_times/whole_calendar"),
        ("combien coute la vie a quebec", "cost_of_living/budget"),
        ("budget étudiant québec", "cost_of_living/budget"),
    ],
)
async def test_what_is_true_for_everybody_stays_a_topic(
    assistant: Service, question: str, topic: str
) -> None:
    talk = await Talk.begin(assistant)
    [answer, *_] = await talk.say(question)
    assert answer.topic == topic


async def test_the_list_of_who_is_admitted_can_be_ticked(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    said = await talk.say("je suis admise à l'université laval")
    ticks = [card.tick for message in said for card in message.cards]
    assert "arrival/caq" in ticks
    again = await talk.say("ma checklist")
    assert [card.tick for message in again for card in message.cards] == ticks


async def test_a_budget_asks_what_changes_it_then_keeps_the_proof_apart(
    assistant: Service,
) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("je suis française")
    said = await talk.say("combien il me faut pour un an")
    assert "Quel niveau visez-vous" in words(said)
    said = await talk.say("un bac universitaire")
    assert "Comment pensez-vous vous loger?" in words(said)
    said = await talk.say("en coloc")
    for _ in range(3):
        if steps(said):
            break
        said = await talk.say("je ne sais pas")

    assert steps(said) == ["Les dépenses d’une année", "À prouver pour le CAQ"]
    assert "Total de la première année" in words(said)

    changed = await talk.say("finalement je serai en résidence")
    assert "Total de la première année" in words(changed)


async def test_a_minor_is_not_asked_for_an_email(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("j'ai 13 ans")
    await talk.say("je veux parler à un conseiller")
    said = words(await talk.say("Zoé"))
    assert "je ne demande pas de courriel" in said
    assert "C’est transmis, Zoé." in said


async def test_a_parent_may_leave_an_email(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("ma fille a 16 ans")
    await talk.say("je veux parler à un conseiller")
    assert "adresse courriel" in words(await talk.say("Sophie"))


async def test_erasing_is_confirmed_then_done(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    asked = await talk.say("effacez tout")
    assert "Vous êtes sûr?" in words(asked)
    said = await talk.press("Oui, tout effacer", asked)
    assert "s’efface dans les secondes qui viennent" in words(said)

    await asyncio.sleep(2.5)

    assert await assistant.conversations.store.page(talk.conversation_id, after=0) is None


async def test_a_day_of_silence_in_the_middle_loses_nothing(assistant: Service) -> None:
    talk, said = await planning(assistant, "française", "un bts sio")
    assert "Quel niveau visez-vous" in words(said)

    said = await talk.say("un bac universitaire", at=clock() + timedelta(days=1))

    assert "baccalauréat universitaire" in words(said)
    assert "établissement en vue" in words(said)
    profile = words(await talk.say("mon profil"))
    assert "citoyenneté\u00a0: française" in profile
    assert "diplôme ou études en cours\u00a0: BTS" in profile


async def test_two_messages_at_once_are_two_answers(assistant: Service) -> None:
    talk, _ = await planning(assistant)
    conversations = assistant.conversations
    for number, text in enumerate(("française", "un bts sio")):
        incoming = Incoming(talk.conversation_id, text, f"{talk.conversation_id}{number}", clock())
        await conversations.receive(incoming)

    await asyncio.gather(*(conversations.answer(talk.conversation_id) for _ in range(2)))

    messages = await conversations.store.messages(talk.conversation_id)
    assert "Quel niveau visez-vous" in messages[-1].text


async def test_thanks_in_the_middle_are_returned_in_a_word_and_the_question_comes_again(
    assistant: Service,
) -> None:
    talk, _ = await planning(assistant)
    said = words(await talk.say("merci !"))
    assert re.search("On continue|Poursuivons", said)
    assert said.endswith("Quelle est votre citoyenneté?")


async def test_thanks_are_no_admission(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("mon plan")
    for told in ("française", "bac général", "un bac en informatique", "laval", "automne 2027"):
        await talk.say(told)
    said = words(await talk.say("merci !"))
    assert "lettre reçue" not in said
    assert "vous a-t-il déjà dit oui" in said


async def test_a_yes_erases_what_it_was_asked_for_and_a_no_keeps_it(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("mon permis a été refusé, je fais quoi ?")  # an adviser is offered
    await talk.say("effacez tout")
    assert "rien n’est effacé" in words(await talk.say("non"))
    await talk.say("effacez tout")
    assert "s’efface dans les secondes qui viennent" in words(await talk.say("oui"))


async def test_what_is_supposed_moves_the_plan(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("mon plan")
    for told in ("belge", "une licence", "un bac", "laval", "automne 2027", "pas encore", "22 ans"):
        await talk.say(told)
    said = words(await talk.say("et si c'est janvier 2028 ?"))
    assert "hiver 2028" in said
