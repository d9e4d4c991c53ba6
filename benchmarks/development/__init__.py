"""Where the few numbers of understanding come from that no training question can give.

Each module learns, or helps to choose, from messages written for development (the `.yml` files
beside it, never learnt from as questions and never measured with), and prints what to copy by hand
into `config.yml` or `bot/understanding/reading.yml`:

    python -m benchmarks.development.context    a message that follows an answer
    python -m benchmarks.development.deciding   answer, offer topics, or refuse
    python -m benchmarks.development.cutting    one question in a message, or two
"""
