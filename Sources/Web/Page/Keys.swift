/// The keys of the officers' workspace in one place: which there are and what they do.
///
/// A key of the menu is pressed with Shift and a key of a page without, so that the two never meet, whichever slices
/// there are. Within a page a key does one thing; on another page the same letter may do another.
package enum Keys {
    /// A key and what it does on the pages that have it.
    package struct Meaning: Sendable {
        package let key: String
        package let words: Words

        init(_ key: String, _ vi: String, _ en: String) {
            self.key = key
            words = Words(vi, en)
        }
    }

    /// How the letter of a menu's line is pressed.
    package static func ofMenu(_ letter: String) -> String { letter.uppercased() }

    /// Every key of a page, in the order in which they are shown.
    package static let ofPages: [Meaning] = [
        Meaning("?", "Xem các phím tắt của trang", "Show the keys of the page"),
        Meaning("/", "Đến ô tìm kiếm", "Go to the search"),
        Meaning(
            "1",
            "Mở mục thứ nhất; 2 đến 9: mục thứ hai đến thứ chín",
            "Open the first of a list; 2 to 9: the others"
        ),
        Meaning("b", "Quầy: người được gọi đã đến", "Counter: whoever was called is here"),
        Meaning("c", "Quầy: cần sửa giấy tờ", "Counter: has to correct papers"),
        Meaning("e", "Cấp số; sổ: tải Excel", "Give a ticket; register: download XLSX"),
        Meaning("g", "Quầy: gọi người tiếp theo; sổ: tính tổng", "Counter: call the next; register: count all"),
        Meaning("i", "Hướng dẫn: in phiếu vừa cấp", "Triage: print the ticket just given"),
        Meaning("l", "Quầy: gọi lại; quét: tải lên hoặc lưu", "Counter: call again; scanning: upload or save"),
        Meaning("n", "Thêm mới", "Add a new one"),
        Meaning("o", "Quầy: mở quầy", "Counter: open it"),
        Meaning("p", "In", "Print"),
        Meaning("t", "Tiếp nhận, xác nhận", "Accept, confirm"),
        Meaning("u", "Quay lại; quét: cập nhật", "Back; scanning: update"),
        Meaning("v", "Quầy: người được gọi vắng mặt", "Counter: whoever was called is absent"),
        Meaning("x", "Quầy: xong; sổ: xem", "Counter: done; register: show"),
        Meaning("z", "Quầy: lấy lại thao tác vừa rồi", "Counter: take back the last act"),
    ]
}
