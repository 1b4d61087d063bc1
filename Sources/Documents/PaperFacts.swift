import Kernel

/// The office that issues a paper.
package struct IssuerFacts: Hashable, Sendable {
    /// The agency above it, such as `Ủy ban nhân dân quận Ba Đình`.
    package var superior: String?
    /// Such as `Bộ phận Tiếp nhận và Trả kết quả`.
    package var name: String
    /// The place that stands before the date, such as `Ba Đình`.
    package var place: String
    package var address: String
    package var phone: String?

    package init(superior: String?, name: String, place: String, address: String, phone: String?) {
        self.superior = superior
        self.name = name
        self.place = place
        self.address = address
        self.phone = phone
    }

    /// Both names in one line.
    var fullName: String { superior.map { "\(name) - \($0)" } ?? name }
}

/// A person or an organisation as papers name them; what is nil is left out.
package struct PartyFacts: Hashable, Sendable {
    package var name: String
    /// Number of the identity card, or of the enterprise.
    package var number: String?
    package var address: String?
    package var phone: String?
    package var email: String?

    package init(
        name: String,
        number: String? = nil,
        address: String? = nil,
        phone: String? = nil,
        email: String? = nil
    ) {
        self.name = name
        self.number = number
        self.address = address
        self.phone = phone
        self.email = email
    }
}

/// The procedure as papers name it.
package struct ProcedureFacts: Hashable, Sendable {
    package var code: String
    package var name: String
    /// Such as `Hộ tịch`.
    package var field: String?

    package init(code: String, name: String, field: String? = nil) {
        self.code = code
        self.name = name
        self.field = field
    }
}

/// One document of a dossier and how many of each kind of copy there are.
package struct ComponentFacts: Hashable, Sendable {
    package var name: String
    package var originals: Int
    package var certifiedCopies: Int
    package var plainCopies: Int
    /// Files sent online or scanned at the counter.
    package var files: Int

    package init(name: String, originals: Int = 0, certifiedCopies: Int = 0, plainCopies: Int = 0, files: Int = 0) {
        self.name = name
        self.originals = originals
        self.certifiedCopies = certifiedCopies
        self.plainCopies = plainCopies
        self.files = files
    }
}

/// A fee, or what is recorded of its payment.
package struct FeeFacts: Hashable, Sendable {
    package enum Sum: Hashable, Sendable {
        /// No reliable figure is known; never to be read as free.
        case unknown
        case waived(basis: String)
        /// In the words of whoever knows how it was counted or paid: a paper adds no claim of its own.
        case stated(String)
    }

    /// Nil where the sum speaks of all fees together.
    package var name: String?
    package var sum: Sum

    package init(name: String?, sum: Sum) {
        self.name = name
        self.sum = sum
    }

    private var label: String { name.map { "\($0): " } ?? "" }

    var text: Prose {
        switch sum {
        case .unknown: "\(label)cơ quan giải quyết thông báo sau"
        case .waived(let basis): "\(label)miễn (\(basis))"
        case .stated(let words): "\(label)\(words)"
        }
    }
}

/// Where the state of a dossier may be looked up.
package struct LookupFacts: Hashable, Sendable {
    /// The page where code and secret are typed.
    package var site: String
    /// Printed beside the code; whoever has both sees the dossier's state. Nil on what another agency than the
    /// applicant's prints, and once it is erased.
    package var secret: String?
    /// What the QR code holds.
    package var link: String?

    package init(site: String, secret: String?, link: String?) {
        self.site = site
        self.secret = secret
        self.link = link
    }

    /// `blocks` with the QR code beside them, where there is one.
    func beside(_ blocks: [Paper.Block]) throws(QRCode.TooLong) -> [Paper.Block] {
        guard let link else { return blocks }
        let figure = Paper.QRFigure(try QRCode(link), caption: "Quét mã để tra cứu tình trạng hồ sơ")
        return [.beside(figure, blocks)]
    }

    /// The secret, or that it does not stand here.
    var printed: Prose { secret.map { .bold($0) } ?? "(chỉ in trên bản giao người nộp hồ sơ)" }
}

extension Channel {
    var vietnamese: String {
        switch self {
        case .counter: "Trực tiếp"
        case .online: "Trực tuyến"
        case .post: "Qua dịch vụ bưu chính công ích"
        }
    }
}

extension TimeLimit {
    var vietnamese: String {
        let number = padded(amount, 2)
        return switch unit {
        case .workingDays: "\(number) ngày làm việc"
        case .days: "\(number) ngày"
        case .workingHours: "\(number) giờ làm việc"
        case .months: "\(number) tháng"
        case .sameDay: "Trong ngày làm việc"
        }
    }
}

extension LocalMinute {
    /// `09 giờ 05 phút, ngày 23/11/2026`, as Form 01 has it.
    var spelled: String { "\(clock), ngày \(date.vietnamese)" }

    /// `09 giờ 05 phút`.
    var clock: String { "\(padded(minuteOfDay / 60, 2)) giờ \(padded(minuteOfDay % 60, 2)) phút" }
}

extension String {
    /// A dossier code for a narrow column: a long one breaks after its agency rather than inside its date.
    var breakingCode: String {
        guard count > 20, let hyphen = firstIndex(of: "-") else { return self }
        return "\(self[...hyphen])\n\(self[index(after: hyphen)...])"
    }
}

extension PartyFacts {
    /// The lines that forms 01 to 05 begin with; `label` is the form's own word for the person.
    func lines(_ label: String) -> [Paper.Block] {
        var blocks: [Paper.Block] = [.paragraph("\(label): \(bold: name)")]
        if let number { blocks.append(.paragraph("Số định danh: \(number)")) }
        if let address { blocks.append(.paragraph("Địa chỉ: \(address)")) }
        switch (phone, email) {
        case (let phone?, let email?): blocks.append(.columns(["Số điện thoại: \(phone)", "Email: \(email)"]))
        case (let phone?, nil): blocks.append(.paragraph("Số điện thoại: \(phone)"))
        case (nil, let email?): blocks.append(.paragraph("Email: \(email)"))
        case (nil, nil): break
        }
        return blocks
    }
}

/// What a dossier may have of a document.
private enum CopyKind: CaseIterable {
    case original, certifiedCopy, plainCopy, file

    var name: String {
        switch self {
        case .original: "Bản chính"
        case .certifiedCopy: "Bản chứng thực"
        case .plainCopy: "Bản sao"
        case .file: "Điện tử"
        }
    }

    func count(in component: ComponentFacts) -> Int {
        switch self {
        case .original: component.originals
        case .certifiedCopy: component.certifiedCopies
        case .plainCopy: component.plainCopies
        case .file: component.files
        }
    }
}

extension ComponentFacts {
    /// `01 bản chính, 02 bản sao`.
    var counts: String {
        CopyKind.allCases.filter { $0.count(in: self) > 0 }
            .map { "\(padded($0.count(in: self), 2)) \($0.name.lowercased())" }.joined(separator: ", ")
    }
}

extension [ComponentFacts] {
    /// The table of documents of forms 01 and 02; a column of zeros is left out, and so is the zero in a cell.
    var table: Paper.Table {
        let kinds = CopyKind.allCases.filter { kind in contains { kind.count(in: $0) > 0 } }
        return Paper.Table(
            columns: [Paper.Table.Column("Tên giấy tờ", share: 5.4)]
                + kinds.map { Paper.Table.Column($0.name, share: 1.3, .centre) },
            rows: map { component in
                [Prose(component.name)]
                    + kinds.map { kind in
                        let count = kind.count(in: component)
                        return Prose(count == 0 ? "" : padded(count, 2))
                    }
            }
        )
    }
}
