"""What the shop sells and what its help pages say. Plain data; knows nothing of pages or servers."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Product:
    """A thing on the shelf; `slug` names its page and its picture."""

    slug: str
    category: str
    name: str
    price: int  # whole euros
    line: str
    about: str
    facts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Category:
    """A shelf."""

    slug: str
    name: str
    line: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A help page."""

    slug: str
    name: str
    line: str
    paragraphs: tuple[str, ...]


CATEGORIES = (
    Category(slug="bags", name="Bags", line="For one night or for one year."),
    Category(slug="camp", name="Camp", line="A roof, a light, and somewhere to lie."),
    Category(slug="wayfinding", name="Wayfinding", line="To know where you are, and to remember it."),
    Category(slug="kitchen", name="Camp kitchen", line="Hot things in cold places."),
)

PRODUCTS = (
    Product(
        slug="rucksack",
        category="bags",
        name="Rucksack Hütte 28",
        price=129,
        line="Two days of luggage, one hand free.",
        about="A rucksack that stands by itself, closes with two straps, and forgives rain. The back panel "
        "comes out for washing, and every buckle can be replaced with a screwdriver.",
        facts=("28 litres", "1,050 g", "Waxed cotton", "Repairs for ten years"),
    ),
    Product(
        slug="weekender",
        category="bags",
        name="Weekender Küste",
        price=98,
        line="Friday evening to Monday morning.",
        about="Wide enough to pack without folding, narrow enough for the rack of a night train. The strap has "
        "a pad that stays where you put it.",
        facts=("38 litres", "900 g", "Canvas and leather", "Fits under a seat"),
    ),
    Product(
        slug="suitcase",
        category="bags",
        name="Suitcase Ostbahnhof",
        price=219,
        line="Rolls over cobblestones, quietly.",
        about="A hard shell with soft wheels. The lining zips out, the wheels are held by one bolt each, and "
        "the lock opens with a number you can change.",
        facts=("62 litres", "3.4 kg", "Recycled shell", "Spare wheels: 12 €"),
    ),
    Product(
        slug="tent",
        category="camp",
        name="Tent Waldrand 2",
        price=349,
        line="Up in four minutes, even alone.",
        about="Two people, two doors, and one colour-marked pole. It stands in wind up to 80 km/h and packs to "
        "the size of a loaf of bread.",
        facts=("2 people", "2.1 kg", "3,000 mm of water", "Repair kit inside"),
    ),
    Product(
        slug="lantern",
        category="camp",
        name="Lantern Glimm",
        price=45,
        line="Warm light, and no hum.",
        about="A lantern that turns down to the light of a candle. It charges from any plug of the last ten "
        "years, and tells you honestly how long it will last.",
        facts=("5 to 300 lumen", "310 g", "80 hours on low", "USB-C"),
    ),
    Product(
        slug="hammock",
        category="camp",
        name="Hammock Sommer",
        price=64,
        line="Two trees and an afternoon.",
        about="Woven cotton that gives where you are heavy. The straps are wide, so that the trees take no "
        "harm, and the knots are already tied.",
        facts=("Up to 160 kg", "780 g", "Organic cotton", "Straps included"),
    ),
    Product(
        slug="compass",
        category="wayfinding",
        name="Compass Nordlicht",
        price=38,
        line="Needs no signal.",
        about="A brass compass with a needle that settles in two seconds. The lid is a mirror, for bearings and "
        "for faces.",
        facts=("Brass", "95 g", "Declination can be set", "Made in Saxony"),
    ),
    Product(
        slug="notebook",
        category="wayfinding",
        name="Notebook Strecke",
        price=19,
        line="Pages that lie flat on a knee.",
        about="Paper that takes ink in the rain, sewn so that it opens all the way. The last pages tear out for "
        "letters.",
        facts=("160 pages", "Stone paper", "Sewn", "With a pencil"),
    ),
    Product(
        slug="binoculars",
        category="wayfinding",
        name="Binoculars Kranich 8×32",
        price=189,
        line="The other side of the lake, here.",
        about="Bright at dusk, light enough for a whole day around the neck. Glasses may stay on.",
        facts=("8×32", "540 g", "Waterproof", "Eyecups turn"),
    ),
    Product(
        slug="bottle",
        category="kitchen",
        name="Bottle Quelle",
        price=29,
        line="Cold at noon, warm at midnight.",
        about="Steel inside and out, a lid in one piece, and an opening that a brush fits through.",
        facts=("0.75 litres", "320 g", "12 hours warm", "For dishwashers"),
    ),
    Product(
        slug="mug",
        category="kitchen",
        name="Mug Morgen",
        price=16,
        line="Tastes better outside.",
        about="Enamel on steel, as it has been for a hundred years. It gets scars, and keeps them.",
        facts=("0.35 litres", "130 g", "For open fire", "Chips happily"),
    ),
    Product(
        slug="stove",
        category="kitchen",
        name="Stove Funke",
        price=79,
        line="A litre of tea in four minutes.",
        about="A burner the size of a fist, with its own wind shield and a pot that locks on top. Folds into the pot.",
        facts=("2,600 W", "410 g with the pot", "Screw cartridges", "Spark built in"),
    ),
)

TOPICS = (
    Topic(
        slug="shipping",
        name="Shipping",
        line="How long it takes, and what it costs.",
        paragraphs=(
            "We pack on weekdays until three in the afternoon. Within Germany a parcel takes one to two days, "
            "within the European Union two to five.",
            "Shipping is 4.90 € and free from 80 €. You get the number of the parcel as soon as it has left us.",
        ),
    ),
    Topic(
        slug="returns",
        name="Returns",
        line="Thirty days, no questions.",
        paragraphs=(
            "Send it back within thirty days, also if it has been outside once. The label is in the parcel.",
            "The money is back on your account within a week after we have it.",
        ),
    ),
    Topic(
        slug="repairs",
        name="Repairs",
        line="Most things can be mended.",
        paragraphs=(
            "We keep spare parts of everything we sell for at least ten years: wheels, buckles, poles, lids.",
            "Tell us in the live help what broke. Often it is a screw, and we can show you which.",
        ),
    ),
)
