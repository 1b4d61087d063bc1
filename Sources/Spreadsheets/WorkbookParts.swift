/// The formats that the style sheet of a workbook lists, by position.
enum CellStyle: Int {
    case general, heading, text, number, date, minute
}

/// The parts of a workbook beside its rows.
enum WorkbookParts {
    private static let declaration = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    /// Sheets are what is not said otherwise, so that the list can come first, when nobody knows how many there will be.
    static let contentTypes = """
        \(declaration)<Types xmlns="\(package)/content-types">\
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Default Extension="xml" ContentType="\(type).worksheet+xml"/>\
        <Override PartName="/xl/workbook.xml" ContentType="\(type).sheet.main+xml"/>\
        <Override PartName="/xl/styles.xml" ContentType="\(type).styles+xml"/></Types>
        """

    static let rootRelations = """
        \(declaration)<Relationships xmlns="\(package)/relationships">\
        <Relationship Id="rId1" Type="\(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """

    static let styles = """
        \(declaration)<styleSheet xmlns="\(main)"><numFmts count="2">\
        <numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>\
        <fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>\
        <font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>\
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
        <fill><patternFill patternType="solid"><fgColor rgb="FFE4EEEE"/><bgColor indexed="64"/></patternFill></fill></fills>\
        <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>\
        <border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border>\
        </borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
        <cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
        \(format(0, font: 1, fill: 2, "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""))\
        \(format(49, "vertical=\"top\" wrapText=\"1\""))\(format(1, "vertical=\"top\""))\
        \(format(164, "vertical=\"top\""))\(format(165, "vertical=\"top\""))</cellXfs>\
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """

    private static func format(_ number: Int, font: Int = 0, fill: Int = 0, _ alignment: String) -> String {
        """
        <xf numFmtId="\(number)" fontId="\(font)" fillId="\(fill)" borderId="1" xfId="0" applyNumberFormat="1" \
        applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment \(alignment)/></xf>
        """
    }

    static func sheetHead(_ columns: [SheetColumn], isFirst: Bool) -> String {
        let widths = columns.enumerated().map { index, column in
            "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(column.width)\" customWidth=\"1\"/>"
        }.joined()
        return """
            \(declaration)<worksheet xmlns="\(main)"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>\
            <sheetView \(isFirst ? "tabSelected=\"1\" " : "")workbookViewId="0">\
            <pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>\
            <selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>\
            <sheetFormatPr defaultRowHeight="15"/><cols>\(widths)</cols><sheetData>

            """
    }

    static func sheetFoot(columns: Int, rows: Int) -> String {
        """
        </sheetData><autoFilter ref="A1:\(columnName(max(columns, 1) - 1))\(rows)"/>\
        <pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>\
        <pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>
        """
    }

    /// The headings are repeated on every printed page.
    static func workbook(_ titles: [String]) -> String {
        let sheets = titles.enumerated().map { index, title in
            "<sheet name=\"\(attribute(title))\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>"
        }.joined()
        let heads = titles.enumerated().map { index, title in
            """
            <definedName name="_xlnm.Print_Titles" localSheetId="\(index)">'\(attribute(title))'!$1:$1</definedName>
            """
        }.joined()
        return """
            \(declaration)<workbook xmlns="\(main)" xmlns:r="\(office)"><bookViews><workbookView/></bookViews>\
            <sheets>\(sheets)</sheets><definedNames>\(heads)</definedNames></workbook>
            """
    }

    static func relations(_ sheets: Int) -> String {
        let lines = (1...max(sheets, 1)).map { number in
            "<Relationship Id=\"rId\(number)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\(number).xml\"/>"
        }.joined()
        return """
            \(declaration)<Relationships xmlns="\(package)/relationships">\(lines)\
            <Relationship Id="rId\(sheets + 1)" Type="\(office)/styles" Target="styles.xml"/></Relationships>
            """
    }

    private static func attribute(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
