"""Tables, engine, migrations, queries and search. Functions take a connection; transactions belong to the case."""
