"""What visitors of a shop write about: invented, in the words people use."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A concern: a subject, what is written first, the answers to what the operator writes, and the thanks."""

    subject: str
    opening: tuple[str, ...]
    answers: tuple[str, ...]
    thanks: str = "Great, thank you for your help!"
    sales: bool = False  # for the second department


TOPICS = (
    Topic(
        subject="Where is my parcel?",
        opening=("Hi, I ordered last Tuesday and the tracking hasn't moved for four days.", "Order 20418"),
        answers=("It still says “label created”.", "The name on it is the same as here.", "OK, so tomorrow then?"),
        thanks="Perfect, then I'll wait until tomorrow. Thanks!",
    ),
    Topic(
        subject="Return without the box",
        opening=("Hello! Can I send the lantern back if I no longer have the box?",),
        answers=("It was outside once, for one night.", "And who pays for the postage?", "Where do I find the label?"),
    ),
    Topic(
        subject="Wrong colour",
        opening=("Hey, I got the blue hammock but I ordered the red one :(", "Can you swap it?"),
        answers=(
            "Yes, the receipt says red.",
            "I'd rather have a swap than a refund.",
            "Do I send this one back first?",
        ),
        thanks="Brilliant, that was quick.",
    ),
    Topic(
        subject="Payment failed",
        opening=("My card was charged but the page said the payment failed??",),
        answers=(
            "About ten minutes ago, 129.00",
            "Visa, ending in 02",
            "So it will come back by itself? My bank says see https://www.example.com/pending",
        ),
    ),
    Topic(
        subject="Changing the address",
        opening=("Hi there, I typed the wrong house number. Can you still change it?", "It should be 14b, not 14."),
        answers=("I ordered about an hour ago.", "Yes, same street, same town.", "Do I get a new confirmation?"),
        thanks="Super, thanks a lot!",
    ),
    Topic(
        subject="A broken buckle",
        opening=("Good afternoon. One buckle of my Hütte 28 has cracked.", "It's three years old."),
        answers=("The left one, on top.", "I do have a screwdriver :)", "And what does the part cost?"),
    ),
    Topic(
        subject="Is it waterproof?",
        opening=("Quick question: is the rucksack really waterproof, or just for a drizzle?",),
        answers=("I'd use it for cycling to work, in Bergen…", "And can I wash the waxed cotton?", "Nice."),
        thanks="I'll take it then, thanks!",
        sales=True,
    ),
    Topic(
        subject="When will it be back?",
        opening=("Do you know when the green tent is back in stock?",),
        answers=("Only the green one, sorry :)", "Could you put one aside for me?", "My mail is mira@example.org"),
        sales=True,
    ),
    Topic(
        subject="A present",
        opening=("Hello, can you wrap it as a gift and leave out the invoice?", "It's for my mother's birthday."),
        answers=("It has to be there by Friday.", "A card would be lovely: “Happy birthday, Mum!”", "How much is it?"),
        thanks="Wonderful. Ordering now!",
        sales=True,
    ),
    Topic(
        subject="Twelve of them",
        opening=("Hi, is there a discount if I take twelve mugs? It's for our hiking club.",),
        answers=("All the same, the white ones.", "We'd pay by bank transfer.", "Could you send me an offer?"),
        sales=True,
    ),
    Topic(
        subject="Delivery abroad",
        opening=("Do you deliver to Switzerland?", "And what about customs?"),
        answers=("To Basel.", "So the price in the cart is final?", "How long does it take?"),
        sales=True,
    ),
    Topic(
        subject="Spare wheels",
        opening=("The wheels of my suitcase are worn down. Where do I find spare ones?",),
        answers=("The Ostbahnhof, the big one.", "Two of them, please.", "Ah, I see them now."),
        thanks="OK, that's easy. Bye!",
    ),
    Topic(
        subject="The label",
        opening=("I can't find the return label anywhere in the parcel",),
        answers=("Yes, I looked under the flap", "It's order 20377", "Found it in my mail!"),
        thanks="You're the best, thank you",
    ),
    Topic(
        subject="The tent, alone",
        opening=("Can one person really put up the Waldrand alone?", "I'm 1.58 and clumsy."),
        answers=("Mostly on grass, sometimes sand.", "And how small does it pack?", "Alright, you've convinced me."),
        sales=True,
    ),
)

STILL_THERE = ("Hello?", "Are you still there?", "Anybody there?", "Hm, did I lose you?")
GIVE_UP = ("I have to go, I'll try again later.", "Never mind, I'll write a mail.", "OK, another time then. Bye")
