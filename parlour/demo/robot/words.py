"""What the robot says: for each of the demo visitors' topics the replies in their order, and words for everything else.

A reply answers what the visitor wrote before and leads to what they write next (`parlour.demo.visitors.topics`).
"""

LOGIN, NAME = "robot", "Parlour robot"

GREETINGS = (
    "Hello, I'm the shop's robot. How can I help?",
    "Hi there! I'm the shop's robot. What can I do for you?",
    "Welcome to the shop! I'm the robot on duty. What is it about?",
)
WELCOMES = (
    "You're welcome. Have a good day!",
    "My pleasure! Just write again if anything else comes up.",
    "Gladly. Enjoy it!",
)
STILL_HERE = ("Yes, I'm still here. Sorry that it took so long.", "I am here, thank you for waiting.")
FAREWELL = "I close our chat for now. Just write again whenever you like."

# For questions that no topic fits, in this order, the last one over and over.
GENERAL = (
    "Thank you, I've noted that. Could you tell me a little more?",
    "I see. Do you have an order number, or the name of the product?",
    "Thanks. I pass this on to my colleagues in the shop, and they write to you today.",
    "I'm only a robot, so a colleague has to look into that. They answer by mail today.",
)

# By the topic's subject: words that give it away in anybody's question, and the replies.
REPLIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Where is my parcel?": (
        ("parcel", "tracking", "where is my order", "shipped"),
        (
            "I'm sorry about that, let me look. What does the tracking page say right now?",
            "Thank you. Is the name on the parcel the same as the one you gave here?",
            "Good. I see it now: it left our depot this morning and should be with you tomorrow.",
            "Yes, tomorrow before noon. You get a mail as soon as it is on the van.",
        ),
    ),
    "Return without the box": (
        ("send back", "send the lantern back", "return it", "refund", "without the box"),
        (
            "Of course, you have 30 days for it. Has it been used?",
            "That is fine, as long as it still works. Any stout box will do.",
            "We pay for the postage, within the country.",
            "The label is in your account, under “My orders”. I can mail it to you as well.",
        ),
    ),
    "Wrong colour": (
        ("wrong colour", "wrong color", "hammock", "wrong size", "wrong item"),
        (
            "Oh, that shouldn't happen, sorry! Does the receipt say the colour you wanted?",
            "Thank you for checking. Would you like a swap, or your money back?",
            "A swap then. I've put a red one aside for you; it leaves tomorrow.",
            "No need to hurry: send the blue one back when the red one has come.",
        ),
    ),
    "Payment failed": (
        ("payment", "charged", "card was", "paid twice"),
        (
            "Don't worry, nothing is lost. When was that, and which amount?",
            "Thank you. Which card was it? The last two digits are enough.",
            "I see it: your bank has only reserved the amount, we haven't taken it.",
            "Yes, it comes back by itself within three working days. You can order again at once.",
        ),
    ),
    "Changing the address": (
        ("house number", "change the address", "wrong address", "new address", "delivery address"),
        (
            "We can, if it isn't packed yet. When did you order?",
            "Good, it hasn't left. The street and the town stay as they are?",
            "Done: it says 14b now.",
            "Yes, a new confirmation is on its way to your mailbox.",
        ),
    ),
    "A broken buckle": (
        ("buckle", "cracked", "broken", "repair", "zip"),
        (
            "Three years is far too early for that. Which of the buckles is it?",
            "Thank you, I can send you that one. Do you have a small screwdriver?",
            "Then it takes five minutes; a drawing comes with the part.",
            "Nothing, it's on us. It will be with you by the end of the week.",
        ),
    ),
    "Is it waterproof?": (
        ("waterproof", "rain", "drizzle", "water resistant", "waxed"),
        (
            "It's made for real rain: the seams are taped and the cotton is waxed. What would you use it for?",
            "Then it's the right one; our own courier rides with it all winter.",
            "Only by hand, with cold water. Once a year it likes a little new wax.",
            "It's in stock in all three colours, and you can send it back for 30 days.",
        ),
    ),
    "When will it be back?": (
        ("in stock", "back in stock", "sold out", "available again"),
        (
            "Let me look… The next delivery comes on Thursday. Is it only the green one you'd like?",
            "Twelve green ones are on their way to us, so you'll get one.",
            "Gladly. Which mail address may I write to when it's here?",
            "Noted. I put one aside for you until Saturday.",
        ),
    ),
    "A present": (
        ("gift", "present", "birthday", "wrap"),
        (
            "With pleasure! We wrap it, and the invoice comes by mail. When does it have to be there?",
            "That works if you order by tonight. Shall we put a card in?",
            "What a nice text. I've added the card to your cart.",
            "The wrapping is 3.50, and the card is on us.",
        ),
    ),
    "Twelve of them": (
        ("discount", "bulk", "twelve", "club", "wholesale"),
        (
            "From ten pieces on there are 15 % off. Would you like them all the same?",
            "Good choice, we have enough of those here. How would you like to pay?",
            "Bank transfer is fine; they leave as soon as the money is here.",
            "I've made the offer; it's in your mailbox in a minute.",
        ),
    ),
    "Delivery abroad": (
        ("switzerland", "abroad", "customs", "deliver to", "shipping to", "international"),
        (
            "Yes, we do, every day. Where should it go?",
            "That's close! Customs are included, our carrier takes care of them.",
            "Yes, what the cart says is all you pay.",
            "Three to five working days.",
        ),
    ),
    "Spare wheels": (
        ("wheel", "suitcase", "spare part"),
        (
            "We have them for all our cases. Which one is yours?",
            "The big one takes the 60 mm wheels. How many do you need?",
            "You find them under “Spare parts”, or by the search with “wheel 60”.",
            "They come with the screws, and a drawing of how to change them.",
        ),
    ),
    "The label": (
        ("return label", "label"),
        (
            "It should be under the flap of the box, in a paper pocket. Have you looked there?",
            "Then it was forgotten, sorry. Which order is it? I'll mail you a new one.",
            "Sent! It should be in your mailbox by now.",
            "Wonderful. Just drop the parcel at any post office.",
        ),
    ),
    "The tent, alone": (
        ("tent", "put up", "waldrand", "camping"),
        (
            "Yes, really: it stands with a single pole, and takes some six minutes. Where would you pitch it?",
            "For sand we add broader pegs, free of charge.",
            "It packs to 45 × 15 cm and weighs 1.9 kg.",
            "You won't regret it! And if you do, you have 30 days.",
        ),
    ),
}
