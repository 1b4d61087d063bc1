import Kernel
import Web

/// Reads the revisions of a procedure and puts them in order.
struct RevisionsReader {
    let lists: CatalogueLists

    private static let keys = [
        "from", "until", "like", "decision", "online", "presence", "post", "summary", "requirements", "channels",
        "cases", "components", "results", "steps", "legal", "form", "clock", "supplement",
    ]

    func read(_ nodes: [YAMLNode]) -> [Revision] {
        let objects = nodes.map { $0.object(RevisionsReader.keys) }
        let dates = dates(objects)
        var revisions: [Revision] = []
        for (index, object) in objects.enumerated() {
            guard let object, let period = dates[index] else { continue }
            let whole = inherited(object, from: objects.first ?? nil, isFirst: index == 0)
            let reader = RevisionReader(object: whole, lists: lists, from: period.from)
            if let revision = reader.read(number: index + 1, until: period.until) { revisions.append(revision) }
        }
        return revisions
    }

    private func inherited(_ object: YAMLObject, from first: YAMLObject?, isFirst: Bool) -> YAMLObject {
        guard let like = object["like"], let text = like.text() else { return object }
        guard text == "first", !isFirst, let first else {
            like.fault(
                Words(
                    "“like” chỉ dùng từ lần sửa đổi thứ hai, với giá trị first.",
                    "“like” stands in later revisions only, with the value first."
                ),
                isFirst
                    ? Words("Xóa “like” và viết đầy đủ.", "Delete “like” and write the revision in full.")
                    : Words("Viết like: first.", "Write like: first.")
            )
            return object
        }
        return object.inheriting(from: first, except: ["from", "until", "like"])
    }

    /// When each is in force: until the day before the next one, unless it says an earlier day.
    private func dates(_ objects: [YAMLObject?]) -> [(from: LocalDate, until: LocalDate?)?] {
        let starts = objects.map { $0?.required("from")?.date() }
        return objects.enumerated().map { index, object in
            guard let object, let from = starts[index] else { return nil }
            if index > 0, let before = starts[index - 1], from <= before {
                object["from"]?.fault(
                    Words(
                        "Bắt đầu từ \(from.rawValue), không sau lần trước (\(before.rawValue)).",
                        "It begins on \(from.rawValue), not after the one before (\(before.rawValue))."
                    ),
                    Words(
                        "Xếp các lần sửa đổi từ cũ đến mới, mỗi lần một ngày khác nhau.",
                        "Put revisions oldest first, each with its own day."
                    )
                )
            }
            let next = index + 1 < starts.count ? starts[index + 1] : nil
            guard let node = object["until"], let until = node.date() else { return (from, next?.adding(days: -1)) }
            if until < from {
                node.fault(
                    Words("Hết hiệu lực trước khi bắt đầu.", "It ends before it begins."),
                    Words("Sửa “from” hoặc “until”.", "Correct “from” or “until”.")
                )
            } else if let next, until >= next {
                node.fault(
                    Words(
                        "Còn hiệu lực đến \(until.rawValue), chồng lên lần sau (từ \(next.rawValue)).",
                        "It lasts until \(until.rawValue) and overlaps the next one (from \(next.rawValue))."
                    ),
                    Words(
                        "Xóa “until”, hoặc viết ngày trước \(next.rawValue).",
                        "Delete “until”, or write a day before \(next.rawValue)."
                    )
                )
            }
            return (from, until)
        }
    }
}
