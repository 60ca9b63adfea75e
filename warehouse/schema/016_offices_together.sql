-- Whose offices stand together in a release, so that one person holds both; it follows from the readings, as mentions do.

-- Other offices that a release gives a person, or prints right before the one by which it names the person.
CREATE TABLE named.also_held (
    batch_no BIGINT NOT NULL, -- newest batch when it was first found
    subject_no BIGINT NOT NULL, -- the person, in one office
    role VARCHAR NOT NULL, -- the other office as the release prints it
    role_key VARCHAR NOT NULL -- that office as it is compared
);
