"""Prompts to begin with, shown while a conversation is empty."""

from django.utils.translation import gettext as _


def example_prompts() -> list[str]:
    return [
        _(
            "Parts is a source with an inter-arrival time of exponential with mean 45 seconds. "
            "Kitting is a queue with a capacity of 25. Assembly is a processor with a process "
            "time uniform between 30 and 45 seconds and a setup time of 5 seconds. Shipping is a "
            "sink. Parts flows into Kitting, Kitting into Assembly and Assembly into Shipping."
        ),
        _(
            "Use the sketch to infer all connections. The Source “Ore Bin” releases items with "
            "exponentially distributed interarrival times, mean 10 seconds. “Feed Buffer” is a "
            "Queue for up to 20 items. “Mill” is a Processor with a uniform process time of 10 "
            "to 20 seconds. “Shipping” is the Sink."
        ),
    ]
