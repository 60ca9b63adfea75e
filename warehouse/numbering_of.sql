-- What was last said of this source's numbers?
SELECT pattern, why FROM kept.numberings WHERE source = $source ORDER BY batch_no DESC LIMIT 1
