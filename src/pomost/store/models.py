"""Tables of the store. Hot ones (sightings, known, catalogue) are written through plain cursors in `ledger` rooms."""

from django.db import models


class Keeper(models.Model):
    """The program that last brought the tables up to date: one row."""

    one = models.IntegerField(primary_key=True, default=1)
    version = models.CharField(max_length=40)
    at = models.DateTimeField()


class Channel(models.Model):
    """One company database + one shop + policy. The last four fields: see `store/watermarks.py`."""

    name = models.CharField(max_length=64, primary_key=True)
    company = models.CharField(max_length=200)
    erp = models.CharField(max_length=40)
    shop = models.CharField(max_length=40)
    catalogue_cursor = models.TextField(default="")
    orders_cursor = models.TextField(default="")
    decided_version = models.CharField(max_length=64, default="")
    customer_cursor = models.TextField(default="")
    customers_settled = models.CharField(max_length=64, default="")
    erp_moment = models.DateTimeField(null=True)
    erp_deletions = models.BigIntegerField(null=True)
    erp_counters = models.JSONField(default=dict)
    stock_as_of = models.DateTimeField(null=True)
    clock_back_told = models.BooleanField(default=False)
    created = models.DateTimeField()
    shop_account = models.CharField(max_length=200, default="")
    offers_until = models.CharField(max_length=64, default="")
    stocks_until = models.CharField(max_length=64, default="")
    standing = models.CharField(max_length=20, default="sound")


class SettingsVersion(models.Model):
    """One version of a channel's settings document; secrets are kept apart."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    document = models.JSONField()
    author = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "number"], name="one_settings_version")]


class Secret(models.Model):
    """A secret setting, sealed; useless in another row because its place is part of the seal."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="secrets")
    field = models.CharField(max_length=100)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "field"], name="one_secret")]


class CatalogueItem(models.Model):
    """Mirror of a product the shop lists. `seen`: met in the full reading that is under way or was last finished."""

    pk = models.CompositePrimaryKey("channel_id", "product_id")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    product_id = models.CharField(max_length=100)
    match_key = models.CharField(max_length=40)
    ean = models.CharField(max_length=40)
    name = models.TextField()
    units = models.BinaryField()
    deleted = models.BooleanField(default=False)
    seen = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "match_key"], name="catalogue_by_match_key"),
        ]


class SightedCard(models.Model):
    """A card the ERP was seen to have. `prints`: fingerprints of the inputs last decided on and settled.

    `due`: must be decided again.
    """

    pk = models.CompositePrimaryKey("channel_id", "key")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    key = models.BigIntegerField()
    prints = models.BinaryField()
    match_key = models.CharField(max_length=40)
    due = models.BooleanField(default=True)
    gone = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "match_key"], name="sighted_by_match_key"),
            models.Index(fields=["channel", "key"], name="sighted_due", condition=models.Q(due=True)),
        ]


class KnownOffer(models.Model):
    """What the shop is known to hold for us, by its product. `attempt`: the batch in whose doubt it stands."""

    pk = models.CompositePrimaryKey("channel_id", "product_id")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    product_id = models.CharField(max_length=100)
    key = models.BigIntegerField()
    symbol = models.CharField(max_length=100)
    published = models.BooleanField()
    owned = models.BooleanField(default=True)
    held = models.BooleanField(default=False)
    offer = models.BinaryField(null=True)
    stocks = models.BinaryField()
    attempt = models.CharField(max_length=40, default="")
    doubtful = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["channel", "key"], name="known_by_key"),
            models.Index(fields=["channel"], name="known_in_doubt", condition=~models.Q(attempt="")),
        ]


class OrderLink(models.Model):
    """An order of the shop and the document it became. `attempt`: the registering in whose doubt it stands.

    `content`: print of what was ordered when the document was made. `status` is the shop's, last known; `stage` the
    last one dealt with; `reported` the last status we sent. `follow`: statuses go back for it. `closed`: nothing more
    can come of it. `met`: the last run that met it waiting. `original` and `customer`: the number its document carries
    and whom it is for, by which the document is known again; blank and 0 before it was looked at. `answer`: what a
    person said of documents under its number: the id of the one that is the order's, 0 for a new one.
    """

    pk = models.CompositePrimaryKey("channel_id", "order_id")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    order_id = models.CharField(max_length=100)
    shop = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    branch = models.CharField(max_length=100)
    gross = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=10)
    placed_at = models.DateTimeField()
    state = models.CharField(max_length=20)
    document_kind = models.CharField(max_length=20, default="")
    document_id = models.BigIntegerField(default=0)
    document_number = models.CharField(max_length=100, default="")
    content = models.BinaryField(default=bytes)
    attempt = models.CharField(max_length=40, default="")
    status = models.CharField(max_length=60, default="")
    stage = models.CharField(max_length=20, default="")
    reported = models.CharField(max_length=60, default="")
    follow = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    met = models.BigIntegerField(default=0)
    original = models.CharField(max_length=60, default="")
    customer = models.BigIntegerField(default=0)
    answer = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "number"], name="order_by_number"),
            models.Index(fields=["document_id"], name="order_by_document"),
            models.Index(fields=["channel", "placed_at"], name="order_by_time"),
            models.Index(fields=["channel", "order_id"], name="order_open", condition=models.Q(closed=False)),
        ]


class MirroredCustomer(models.Model):
    """Mirror of a customer the shop lists: no more of it than recognition compares.

    `nip`: digits alone. `key`: the ERP's customer it was last recognised as. `seen`: met in the full reading that is
    under way or was last finished.
    """

    pk = models.CompositePrimaryKey("channel_id", "customer_id")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    customer_id = models.CharField(max_length=100)
    nip = models.CharField(max_length=40)
    city = models.TextField()
    street = models.TextField()
    house_number = models.TextField()
    key = models.BigIntegerField(null=True)
    seen = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["channel", "nip"], name="mirrored_by_nip")]


class KnownAssignment(models.Model):
    """What the shop is known to hold of a customer for us.

    `confirmed` False: an attempt was made and nothing is known. `attempt`: the batch in whose doubt it stands.
    """

    pk = models.CompositePrimaryKey("channel_id", "customer_id")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    customer_id = models.CharField(max_length=100)
    key = models.BigIntegerField()
    branch = models.CharField(max_length=64)
    segment = models.CharField(max_length=100, null=True)  # noqa: DJ001  (nothing said is another thing than none)
    confirmed = models.BooleanField(default=True)
    attempt = models.CharField(max_length=40, default="")


class KnownBranch(models.Model):
    """A branch of the settings as it was last compared with the shop, and the warehouse it stood for."""

    pk = models.CompositePrimaryKey("channel_id", "branch_id")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    branch_id = models.CharField(max_length=64)
    fields = models.JSONField()
    warehouse = models.CharField(max_length=64)


class OwnSegment(models.Model):
    """A segment of the shop that we made, so that we may drop it."""

    pk = models.CompositePrimaryKey("channel_id", "key")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=100)


class KnownEntry(models.Model):
    """What a shop without a catalogue of its own is known to hold of one entry.

    `print`: of the ERP's raw values it was made from, empty where it must be decided again. `content` stays after the
    entry was dropped. `attempt`: the batch in whose doubt it stands. `attempted`: unique values that attempts nobody
    answered may have left in the shop, each closed by a unit separator.
    """

    pk = models.CompositePrimaryKey("channel_id", "area", "key")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    area = models.CharField(max_length=20)
    key = models.BigIntegerField()
    label = models.CharField(max_length=300)
    print = models.BinaryField(default=bytes)
    content = models.BinaryField(null=True)
    published = models.BooleanField(default=True)
    attempt = models.CharField(max_length=40, default="")
    attempted = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["channel", "area"], name="entry_in_doubt", condition=~models.Q(attempt="")),
        ]


class ExchangedArea(models.Model):
    """How far an area of entries is: the cursor last sent and last confirmed, and what its decisions rested on."""

    pk = models.CompositePrimaryKey("channel_id", "area")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    area = models.CharField(max_length=20)
    sent = models.CharField(max_length=100, default="")
    confirmed = models.CharField(max_length=100, default="")
    decided = models.CharField(max_length=64, default="")


class FileDigest(models.Model):
    """The SHA-256 of a file of the ERP at one version, so that unchanged bytes need not be read."""

    pk = models.CompositePrimaryKey("channel_id", "file")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    file = models.BigIntegerField()
    version = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)


class InboxItem(models.Model):
    """What did not get through: skipped by a decision, or refused by the other side (`retry`).

    A card is named by its `key`; anything else by `subject`, its id within the `area`, and has no key (0).
    """

    pk = models.CompositePrimaryKey("channel_id", "key", "area", "subject", "part")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, db_index=False)
    area = models.CharField(max_length=20, default="offer")
    key = models.BigIntegerField(default=0)
    subject = models.CharField(max_length=100, default="")
    part = models.CharField(max_length=40)
    symbol = models.CharField(max_length=100)
    product_id = models.CharField(max_length=100, default="")
    reason = models.CharField(max_length=60)
    findings = models.BinaryField()
    retry = models.BooleanField(default=False)
    since = models.DateTimeField()
    runs = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["channel", "reason", "symbol", "key"], name="inbox_by_reason")]


class Run(models.Model):
    """One run: its plan (checksum, batches) and what became of it. `told`: findings about the run as a whole."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=20)
    request = models.JSONField()
    owner = models.CharField(max_length=200)
    host = models.CharField(max_length=200)
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    fence = models.BigIntegerField(default=0)
    checksum = models.CharField(max_length=64, default="")
    settings_version = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    stops = models.JSONField(default=list)
    withdrawn = models.IntegerField(default=0)
    zeroed = models.IntegerField(default=0)
    jumped = models.IntegerField(default=0)
    unassigned = models.IntegerField(default=0)
    vanished = models.IntegerField(default=0)
    hidden = models.IntegerField(default=0)
    cheaper = models.IntegerField(default=0)
    terms = models.IntegerField(default=0)
    approved_by = models.CharField(max_length=200, default="")
    fault = models.JSONField(null=True)
    told = models.BinaryField(default=bytes)

    class Meta:
        indexes = [models.Index(fields=["channel", "-started"], name="run_by_start")]


class Batch(models.Model):
    """A packed piece of a plan: changes, then their outcomes. Guarded batches wait for approval.

    `settles`: cards (with fingerprints) that are dealt with once this batch and those before it are. The first and last
    key (of cards) or subject (of anything else) tell which batches may speak of one thing, so that explain need not
    unpack whole plans. `attempt`: it left under this name and is in flight until it was answered.
    """

    pk = models.CompositePrimaryKey("run_id", "number")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=20)
    alarm = models.CharField(max_length=20, default="")
    size = models.IntegerField()
    changes = models.BinaryField()
    area = models.CharField(max_length=20, default="offer")
    first_key = models.BigIntegerField(default=0)
    last_key = models.BigIntegerField(default=0)
    first_subject = models.CharField(max_length=100, default="")
    last_subject = models.CharField(max_length=100, default="")
    settles = models.BinaryField(default=bytes)
    attempt = models.CharField(max_length=40, default="")
    outcomes = models.BinaryField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run"], name="batch_in_flight", condition=models.Q(at=None, attempt__gt="")),
        ]


class Lease(models.Model):
    """Who may write: a channel, or a company's manual lock. The fencing number only ever grows."""

    name = models.CharField(max_length=200, primary_key=True)
    owner = models.CharField(max_length=200, default="")
    host = models.CharField(max_length=200, default="")
    pid = models.IntegerField(default=0)
    manual = models.BooleanField(default=False)
    started = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    expires = models.DateTimeField(null=True)
    fence = models.BigIntegerField(default=0)
    stop_requested = models.BooleanField(default=False)
    step = models.JSONField(null=True)


class Launch(models.Model):
    """A run asked for at a door that does not wait for it: what was asked, which process does it, what came of it.

    `state`: asked, taken or ended. `run`: its row in the journal, once there is one. `said`: why it ended without one.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="launches")
    errand = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=20)
    host = models.CharField(max_length=200, default="")
    pid = models.IntegerField(default=0)
    run = models.BigIntegerField(null=True)
    said = models.JSONField(null=True)
    ended = models.DateTimeField(null=True)
