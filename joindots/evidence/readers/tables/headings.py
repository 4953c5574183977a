"""The column headings known to us and what each means, for bank statements, call lists and people's own logs.

Names are written as `columns.plain_heading` leaves them: lower case, words only. Within a meaning the
first line holds the usual names; a name of a later line counts only where no earlier one is present.
"""

from __future__ import annotations

BANK: dict[str, tuple[str, ...]] = {
    "date": (
        "date time|datetime|date and time|transaction date time|transaction date and time",
        "date|transaction date|date of transaction|trans date",
        "completed date|posting date|date posted|posted date|booking date",
        "value date|processed date|entry date|effective date|started date|timestamp|created|created at|date created",
    ),
    "time": ("time|transaction time|time of transaction",),
    "zone": ("time zone|timezone|tz",),
    "payer": (
        "counter party|counterparty|counter party name|counterparty name|payer|payer name|from|name|sender|sender name|"
        "paid by|other party|other party name",
        "payee|merchant|merchant name|payee name|beneficiary|beneficiary name",
    ),
    "reference": (
        "reference|payment reference|ref|transaction reference|their reference|payer reference",
        "note|message|memo",
    ),
    "description": (
        "description|transaction description|details|transaction details|narrative|particulars|transaction|"
        "transactions|merchant description|description reference",
        "transaction narrative|additional information|text",
    ),
    "type": ("type|transaction type|subcategory|payment type|transaction code|code|category type",),
    "amount": (
        "amount|value|amount gbp|transaction amount|amount in account currency|gbp amount|net amount|sum",
        "debit credit|gross|billing amount|amount in gbp",
    ),
    "paid_in": (
        "paid in|money in|credit|credit amount|credits|in|amount in|deposit|deposits|receipts|paid in amount|received",
    ),
    "paid_out": (
        "paid out|money out|debit|debit amount|debits|out|amount out|withdrawal|withdrawals|payments|"
        "paid out amount|withdrawn|spent",
    ),
    "sign": (
        "cr dr|dr cr|credit debit|debit or credit|credit or debit|credit debit indicator|cd|"
        "debit credit flag|credit debit flag|debit credit indicator|dr cr flag|cr dr flag",
    ),
    "status": ("status|state|payment status|transaction status",),
    "notes": ("notes|notes and tags|user notes|note to self",),
    "currency": ("currency|account currency|ccy|transaction currency",),
    "balance": (
        "balance|running balance|balance gbp|account balance|closing balance|available balance|statement balance|"
        "new balance|balance after|balance after transaction|ledger balance",
    ),
}

CALLS: dict[str, tuple[str, ...]] = {
    "date": (
        "date|call date|date time|datetime|date and time|time and date|timestamp|date of call|when|start date|"
        "call date time|call date and time|start date time|date time of call|call timestamp|call start|started",
    ),
    "time": ("time|call time|start time|time of call|time of day|started at",),
    "direction": (
        "direction|call direction|in out|incoming outgoing|incoming or outgoing",
        "type|call type|calltype|type of call|call kind|log type",
    ),
    "outcome": ("status|result|outcome|disposition|call status|call result|answered|state",),
    "number": (
        "number|phone number|phone|telephone number|telephone|tel|tel no|mobile|mobile number|caller number|"
        "caller id|cli|contact number|phone no|number phone|other number|remote number|party number|msisdn",
    ),
    "number_called": (
        "number called|called number|called no|number dialled|dialled number|number dialed|dialed number|destination number|"
        "phone number called|number you called|call to|calls to|called|dialled|number rung|to number called",
    ),
    "name": ("name|contact|contact name|caller|caller name|cached name|display name|person|contact person",),
    "from": ("from|from number|calling number|calling party|originating number",),
    "to": ("to|to number|called party|receiving number",),
    "duration": (
        "duration|call duration|length|call length|talk time|duration in seconds|duration seconds|duration sec|"
        "call duration sec|call duration seconds|duration secs|seconds|length of call|duration s|duration in sec|"
        "duration minutes|duration in minutes|minutes|duration mins|duration min|duration hh mm ss|duration mm ss",
        "duration volume|duration or volume|duration usage|quantity|usage|units",
    ),
    "cost": (
        "cost|charge|charges|price|call cost|call charge|cost gbp|cost inc vat|cost ex vat|amount charged|net cost",
    ),
}

INCIDENTS: dict[str, tuple[str, ...]] = {
    "date": (
        "date|when|date of incident|incident date|date of event|event date|date time|date and time|day and date|"
        "date and time of incident|date time of event|date and time of event|incident date and time|incident date time|"
        "date of occurrence|date and time of occurrence|date occurred|when did it happen|date time of incident|dates|day date|when it happened|start date|dyddiad|pryd",
        "day|timestamp|date of contact|date received",
    ),
    "time": (
        "time|time of incident|incident time|time of day|time of event|time occurred|what time|start time|amser|"
        "approx time|approximate time|time approx|approximate time of incident",
    ),
    "date_to": ("end date|date to|to date|until|until date|date ended|finish date",),
    "time_to": ("end time|time to|finish time|time ended|time finished",),
    "what": (
        "what|what happened|incident|description|description of incident|incident description|details|event|"
        "details of incident|incident details|description of event|what they did|what he did|what she did|"
        "event description|description of behaviour|details of behaviour|incident summary|summary of incident|"
        "what was said or done|what did they do|account|summary|description of what happened|beth|"
        "beth ddigwyddodd|disgrifiad|what happened in your own words|happened|act",
        "behaviour|perpetrator behaviour|diary entry|log entry",
    ),
    "where": (
        "where|place|location|location of incident|where it happened|address|venue|ble|lleoliad|where did it happen|"
        "where did this happen|where was it",
    ),
    "who": (
        "who|by whom|who did it|person|perpetrator|suspect|person responsible|offender|name of person|pwy|from whom|who was it",
    ),
    "witnesses": (
        "were there any witnesses|"
        "witness|witnesses|any witnesses|witnessed by|who saw|who saw it|seen by|witness names|names of witnesses|"
        "tyst|tystion|witness es|witness name|who else was there",
    ),
    "effect": (
        "how this made me feel|how did this make me feel|how did it affect me|"
        "effect|effect on me|impact|impact on me|how it made me feel|how i felt|how did it make you feel|feelings|"
        "how you felt|effect on you|how it affected me|effaith|impact on you|my feelings|how i feel",
    ),
    "reported": (
        "reported|reported to|reported to police|police reference|police ref|reported to whom|crime reference|"
        "crime number|crime ref|crime reference number|log number|who i told|told police|police informed|"
        "reported ref|reported reference|incident number police|adroddwyd|reported y n|did you report it|"
        "have you reported it|reported to the police",
    ),
    "evidence": (
        "evidence available|evidence link|evidence ref|evidence reference|evidence type|"
        "evidence|proof|evidence saved|evidence kept|what evidence|screenshot|screenshots|photo|photos|exhibit",
    ),
    "count": (
        "count|how many|how many times|number of times|no of times|number of incidents|quantity|"
        "how many calls|number of acts|number of calls|sawl gwaith",
    ),
    "ref": ("ref|id|no|incident number|incident no|incident ref|entry|row|line|log no|entry number|item|rhif",),
    "kind": (
        "type|type of incident|incident type|category|kind|nature|method|how|kind of incident|channel|form|"
        "type of behaviour|incident category|type of contact|contact type|method of contact",
    ),
    "notes": ("notes|note|comments|comment|other|other information|additional information|remarks|anything else",),
}

KNOWN = {"bank": BANK, "calls": CALLS, "incidents": INCIDENTS}

NEVER_CARRIED = frozenset(name for line in BANK["balance"] for name in line.split("|"))
"""Balances are nobody's business but hers: such a column's cells leave the reader in no record at all."""
