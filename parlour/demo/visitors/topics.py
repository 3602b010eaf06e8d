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
        opening=("Hello! Can I send something back if I no longer have the original box?",),
        answers=("It's unused, I only tried it on.", "And who pays for the postage?", "Where do I find the label?"),
    ),
    Topic(
        subject="Wrong size",
        opening=("Hey, I got an M but I ordered an L :(", "Can you swap it?"),
        answers=("Yes the receipt says L.", "I'd rather have a swap than a refund.", "Do I send this one back first?"),
        thanks="Brilliant, that was quick.",
    ),
    Topic(
        subject="Payment failed",
        opening=("My card was charged but the page said the payment failed??",),
        answers=(
            "About ten minutes ago, 64.90",
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
        subject="Damaged on arrival",
        opening=("Good afternoon. The parcel arrived today and one corner is crushed.", "The zip doesn't close."),
        answers=("I can send photos, where to?", "No, I haven't used it.", "A replacement please."),
    ),
    Topic(
        subject="Is it waterproof?",
        opening=("Quick question: is this really waterproof or just for a drizzle?",),
        answers=("I'd use it for cycling to work, in Bergen…", "And can it go in the washing machine?", "Nice."),
        thanks="I'll take it then, thanks!",
        sales=True,
    ),
    Topic(
        subject="When will it be back?",
        opening=("Do you know when the green one is back in stock?",),
        answers=("Only the green one, sorry :)", "Could you put one aside for me?", "My mail is mira@example.org"),
        sales=True,
    ),
    Topic(
        subject="A present",
        opening=("Hello, can you wrap it as a gift and leave out the invoice?", "It's for my mother's birthday."),
        answers=(
            "It has to be there by Friday.",
            "A card would be lovely too: “Happy birthday, Mum!”",
            "How much is it?",
        ),
        thanks="Wonderful. Ordering now!",
        sales=True,
    ),
    Topic(
        subject="Twelve of them",
        opening=("Hi, is there a discount if I take twelve? It's for our hiking club.",),
        answers=("Mixed sizes, mostly M and L.", "We'd pay by bank transfer.", "Could you send me an offer?"),
        sales=True,
    ),
    Topic(
        subject="Delivery abroad",
        opening=("Do you deliver to Switzerland?", "And what about customs?"),
        answers=("To Basel.", "So the price at checkout is final?", "How long does it take?"),
        sales=True,
    ),
    Topic(
        subject="Voucher",
        opening=("My voucher code doesn't work. It says “not valid for this basket”.",),
        answers=("SPRING10", "There's one thing on sale in it, yes.", "Ah, I see."),
        thanks="OK, makes sense. Bye!",
    ),
    Topic(
        subject="Forgotten password",
        opening=("I can't log in anymore and the reset mail never arrives",),
        answers=("Yes I looked in the spam folder", "It could be my old address, from the university", "It works now!"),
        thanks="You're the best, thank you",
    ),
    Topic(
        subject="Sizes",
        opening=("Between S and M, which one would you take? I'm 1.68.", "I like it a bit loose."),
        answers=("Mostly over a jumper.", "What's the length at the back?", "Alright, M it is."),
        sales=True,
    ),
)

STILL_THERE = ("Hello?", "Are you still there?", "Anybody there?", "Hm, did I lose you?")
GIVE_UP = ("I have to go, I'll try again later.", "Never mind, I'll write a mail.", "OK, another time then. Bye")
