package import Persistence

extension CatalogueBook {
    package static let migrations = [
        Migration(
            "catalogue-0.2",
            // Every revision that was ever in the catalogue: a dossier may refer to it for decades.
            """
            CREATE TABLE procedure_revision (code \(SQL.key) NOT NULL, number BIGINT NOT NULL, digest TEXT NOT NULL,
                payload TEXT NOT NULL, PRIMARY KEY (code, number), UNIQUE (code, digest))
            """,
            """
            CREATE TABLE imported_procedure (code \(SQL.key) NOT NULL PRIMARY KEY, field \(SQL.key) NOT NULL,
                payload TEXT NOT NULL)
            """,
            "CREATE INDEX imported_procedure_field ON imported_procedure (field)",
            "CREATE TABLE imported_field (key \(SQL.key) NOT NULL PRIMARY KEY, name TEXT NOT NULL)",
            "CREATE TABLE catalogue_import (id BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL)",
            "INSERT INTO catalogue_import VALUES (1, 0)"
        )
    ]
}
