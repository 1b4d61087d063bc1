import Foundation
import TestSupport
import Testing

/// A workbook as another program, with its own zip and XML readers, understands it.
struct ReadWorkbook: Decodable {
    struct Sheet: Decodable {
        let title: String
        /// By place: `["s", text]`, `["n", number, style]`.
        let cells: [String: [String]]
        let frozen: String?
        let filter: String?
        let widths: [Double]
    }

    let faults: [String]
    let parts: [String]
    let sheets: [Sheet]

    init(_ bytes: [UInt8]) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID()).xlsx")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let answer = try await program("python3", ["-c", Self.script, file.path])
        self = try JSONDecoder().decode(ReadWorkbook.self, from: Data(answer.output))
    }

    private static let script = """
        import json, re, sys, zipfile, xml.etree.ElementTree as tree
        main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        ref = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        archive = zipfile.ZipFile(sys.argv[1])
        bad = archive.testzip()
        roots = {name: tree.fromstring(archive.read(name)) for name in archive.namelist()}
        targets = {r.get("Id"): "xl/" + r.get("Target") for r in roots["xl/_rels/workbook.xml.rels"]}
        sheets = []
        for entry in roots["xl/workbook.xml"].iter(main + "sheet"):
            root = roots[targets[entry.get(ref)]]
            cells = {}
            for cell in root.iter(main + "c"):
                text = cell.find(main + "is/" + main + "t")
                cells[cell.get("r")] = (
                    ["s", text.text or ""] if text is not None else ["n", cell.find(main + "v").text, cell.get("s")])
            pane, filter = root.find(".//" + main + "pane"), root.find(main + "autoFilter")
            sheets.append({
                "title": entry.get("name"), "cells": cells, "frozen": pane is not None and pane.get("topLeftCell") or None,
                "filter": filter is not None and filter.get("ref") or None,
                "widths": [float(c.get("width")) for c in root.iter(main + "col")]})
        print(json.dumps({"faults": [bad] if bad else [], "parts": archive.namelist(), "sheets": sheets}))
        """
}
