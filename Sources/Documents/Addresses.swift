package import Kernel

/// Who gets a result by post.
package struct AddressFacts: Hashable, Sendable {
    package var recipient: PartyFacts
    package var dossierCode: String

    package init(recipient: PartyFacts, dossierCode: String) {
        self.recipient = recipient
        self.dossierCode = dossierCode
    }

    private var lines: [Prose] {
        [
            .bold(recipient.name), recipient.address.map { Prose($0) },
            recipient.phone.map { "ĐT: \($0)" },
        ].compactMap(\.self)
    }

    fileprivate func text(_ introduction: String? = nil, ending: Prose? = nil) -> Prose {
        let all = [introduction.map { Prose($0) }].compactMap(\.self) + lines + [ending].compactMap(\.self)
        return all.dropFirst().reduce(all[0]) { "\($0)\n\($1)" }
    }
}

/// The envelopes that offices use: ISO 269 C5 and DL.
package enum Envelope: String, CaseIterable, Hashable, Sendable {
    case c5, dl

    fileprivate var size: Paper.Size {
        switch self {
        case .c5: .c5
        case .dl: .dl
        }
    }
}

/// One envelope a page, in the order of `addresses`.
package func envelopes(
    _ addresses: [AddressFacts],
    from sender: IssuerFacts,
    _ envelope: Envelope,
    at printedAt: LocalMinute
) -> Paper {
    let size = envelope.size
    let (width, height) = (size.width / 1.0.millimetres, size.height / 1.0.millimetres)
    let phone: Prose = sender.phone.map { "\nĐT: \($0)" } ?? ""
    let from: Prose = "Người gửi:\n\(bold: sender.fullName)\n\(sender.address)\(phone)"
    return Paper(
        size: size,
        title: "Phong bì \(envelope.rawValue.uppercased())",
        author: sender.fullName,
        created: Instant(printedAt),
        footer: nil,
        blocks: addresses.map { address in
            .sheet([
                Paper.Frame(x: 12, y: 10, width: width * 0.46, height: height * 0.32, from, size: 9),
                // The stamp's corner at the top right stays free, and so does the strip of sorting machines at the foot.
                Paper.Frame(
                    x: width * 0.45,
                    y: height * 0.45,
                    width: width * 0.55 - 12,
                    height: height * 0.4,
                    address.text("Kính gửi:"),
                    size: 12
                ),
                Paper.Frame(
                    x: 12,
                    y: height * 0.62,
                    width: width * 0.38,
                    height: height * 0.2,
                    "Trả kết quả giải quyết thủ tục hành chính\nMã hồ sơ: \(bold: address.dossierCode)",
                    size: 8.5
                ),
            ])
        }
    )
}

/// Self-adhesive labels, 2 × 7 on A4 of 99.1 × 38.1 mm, the sheet that every stationer sells.
package func labels(_ addresses: [AddressFacts], from sender: IssuerFacts, at printedAt: LocalMinute) -> Paper {
    let (columns, rows, width, height) = (2, 7, 99.1, 38.1)
    let (left, top, gutter, padding) = (4.65, 15.15, 2.5, 4.0)
    let perSheet = columns * rows
    let sheets = stride(from: 0, to: addresses.count, by: perSheet).map { start in
        addresses[start..<min(start + perSheet, addresses.count)].enumerated().map { place, address in
            Paper.Frame(
                x: left + Double(place % columns) * (width + gutter) + padding,
                y: top + Double(place / columns) * height + padding,
                width: width - 2 * padding,
                height: height - 2 * padding,
                address.text(ending: "\(italic: "\(address.dossierCode) · \(sender.superior ?? sender.name)")"),
                size: 10,
                isCentred: true
            )
        }
    }
    return Paper(
        size: .a4,
        title: "Nhãn địa chỉ",
        author: sender.fullName,
        created: Instant(printedAt),
        footer: nil,
        blocks: sheets.map { .sheet($0) }
    )
}
