-- What do the readings of these numbers say? By bounds alone, as an order would have every text behind them unpacked.
SELECT reading_no, title, left(body, $longest), "language" FROM kept.readings
WHERE reading_no BETWEEN $first AND $last
ORDER BY reading_no
