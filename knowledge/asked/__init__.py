"""What a message asks for by name: a card, a term, an equivalence, programmes, events, a relay,
two institutions side by side, programmes like a diploma.

Only a message that is nothing but names and the words one asks with counts; a word more
(« résidence limoilou », « prix du bac en génie ») makes it a question, for the topics to answer.
"""

from knowledge.asked.found import Asked, EventsWanted, Kind
from knowledge.asked.names import Names
from knowledge.asked.wanted import Wanted

__all__ = ["Asked", "EventsWanted", "Kind", "Names", "Wanted"]
