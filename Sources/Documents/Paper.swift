package import Kernel

/// What is on a paper, without a word about how it is drawn.
package struct Paper: Hashable, Sendable {
    package enum Size: String, Codable, Hashable, Sendable {
        case a4, a5
        case a4Landscape = "a4-landscape"
        /// Envelopes, with the long side at the top.
        case c5, dl
    }

    package var size: Size
    /// Written into the properties of the file, where readers and archives look for it.
    package var title: String
    package var author: String
    /// When the paper was made; the same paper made at the same time is the same file, byte for byte.
    package var created: Instant
    package var blocks: [Block]
    /// Set larger: a letter has words to read (Decree 30/2020, Annex I), a form has fields to fit on its page.
    package var isLetter: Bool
    /// Printed at the foot of every page, before the page's number; nil for sheets that have neither.
    package var footer: String?

    package init(
        size: Size,
        title: String,
        author: String,
        created: Instant,
        footer: String?,
        isLetter: Bool = false,
        blocks: [Block]
    ) {
        self.size = size
        self.title = title
        self.author = author
        self.created = created
        self.footer = footer
        self.isLetter = isLetter
        self.blocks = blocks
    }

    package enum Alignment: Hashable, Sendable { case left, centre, right, justified }
    package enum TextSize: Hashable, Sendable { case small, body, large, heading }

    package indirect enum Block: Hashable, Sendable {
        case letterhead(Letterhead)
        case title(String, subtitle: Prose? = nil)
        case heading(String)
        case paragraph(Prose, Alignment = .left, TextSize = .body)
        /// Texts side by side in columns of equal width, such as a telephone number and an e-mail address.
        case columns([Prose])
        /// Labels in one column, what they label in the other.
        case facts([Fact])
        case list([Prose])
        case table(Table)
        /// A code in the right margin, with blocks flowing at its left.
        case beside(QRFigure, [Block])
        /// A code in the middle of the page, for machines that see it from afar; `side` is in millimetres.
        case poster(QRCode, side: Double)
        /// Blocks that begin a page rather than break over two, unless one page cannot hold them.
        case together([Block])
        case signatures([Signature])
        /// Who else gets a copy at the left, who signs at the right: the end of a letter (Decree 30/2020, Annex I).
        case closing(recipients: [String], Signature)
        /// A page of its own with texts at fixed places, such as a sheet of labels.
        case sheet([Frame])
        case rule
        /// Millimetres.
        case gap(Double)
    }

    /// The head of a Vietnamese administrative paper: who issues it at the left, the nation and its motto at the right.
    package struct Letterhead: Hashable, Sendable {
        /// The agency above the issuing one; nil for an agency that names none.
        package var superior: String?
        package var issuer: String
        /// Such as `Số: 12/TNHS`.
        package var number: String?
        package var place: String
        package var date: LocalDate
        /// Where the form comes from, such as `Mẫu số 01 ban hành kèm theo …`.
        package var form: String?

        package init(superior: String?, issuer: String, number: String?, place: String, date: LocalDate, form: String?)
        {
            self.superior = superior
            self.issuer = issuer
            self.number = number
            self.place = place
            self.date = date
            self.form = form
        }
    }

    package struct Fact: Hashable, Sendable {
        package var label: Prose
        package var value: Prose

        package init(_ label: Prose, _ value: Prose) {
            self.label = label
            self.value = value
        }
    }

    package struct Table: Hashable, Sendable {
        package struct Column: Hashable, Sendable {
            package var header: String
            /// Its share of the width that numbers leave free.
            package var share: Double
            package var alignment: Alignment
            /// A header above those of neighbours with the same one.
            package var group: String?

            package init(_ header: String, share: Double, _ alignment: Alignment = .left, group: String? = nil) {
                self.header = header
                self.share = share
                self.alignment = alignment
                self.group = group
            }
        }

        package var columns: [Column]
        package var rows: [[Prose]]
        /// Whether a first column counts the rows.
        package var isNumbered: Bool
        /// Set in small print, for tables of many columns.
        package var isDense: Bool
        /// What follows and is never alone on a page: signatures below nothing would be worth nothing.
        package var ending: [Block]

        package init(
            columns: [Column],
            rows: [[Prose]],
            isNumbered: Bool = true,
            isDense: Bool = false,
            ending: [Block] = []
        ) {
            self.columns = columns
            self.rows = rows
            self.isNumbered = isNumbered
            self.isDense = isDense
            self.ending = ending
        }
    }

    package struct QRFigure: Hashable, Sendable {
        package var code: QRCode
        package var caption: Prose

        package init(_ code: QRCode, caption: Prose) {
            self.code = code
            self.caption = caption
        }
    }

    package struct Signature: Hashable, Sendable {
        package var role: String
        package var note: String
        package var name: String?

        package init(_ role: String, note: String = "(Ký và ghi rõ họ tên)", name: String? = nil) {
            self.role = role
            self.note = note
            self.name = name
        }
    }

    /// A text in a rectangle, set smaller until it fits. Millimetres from the top left corner of the page.
    package struct Frame: Hashable, Sendable {
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double
        package var text: Prose
        /// Points, unless less is needed.
        package var size: Double
        /// Whether the text stands in the middle of the height rather than at the top.
        package var isCentred: Bool

        package init(
            x: Double,
            y: Double,
            width: Double,
            height: Double,
            _ text: Prose,
            size: Double,
            isCentred: Bool = false
        ) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
            self.text = text
            self.size = size
            self.isCentred = isCentred
        }
    }
}
