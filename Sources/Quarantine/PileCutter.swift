import CQPDF
import Glibc
package import Scans

/// Takes pages out of a PDF as they are: nothing is drawn or compressed anew, so a scan keeps its quality.
package final class PileCutter {
    private var source: qpdf_data?

    package init(path: String) throws(PileFault) {
        source = qpdf_init()
        qpdf_silence_errors(source)
        qpdf_set_suppress_warnings(source, QPDF_TRUE)
        guard qpdf_read(source, path, nil) & QPDF_ERRORS == 0,
            // What pages inherit from the tree above them would stay behind otherwise.
            qpdf_push_inherited_attributes_to_page(source) & QPDF_ERRORS == 0
        else { throw .unreadable }
    }

    deinit { PileCutter.close(&source) }

    /// An error that nobody fetched would be printed, and printing is the log's business.
    private static func close(_ file: inout qpdf_data?) {
        if qpdf_has_error(file) == QPDF_TRUE { _ = qpdf_get_error(file) }
        qpdf_cleanup(&file)
    }

    /// A PDF of `count` pages from `first`, counted from 1.
    package func pages(from first: Int, count: Int) throws(PileFault) -> [UInt8] {
        var part: qpdf_data? = qpdf_init()
        defer { PileCutter.close(&part) }
        qpdf_silence_errors(part)
        guard qpdf_empty_pdf(part) & QPDF_ERRORS == 0 else { throw .unreadable }
        guard first >= 1, count >= 1, first + count - 1 <= Int(qpdf_get_num_pages(source)) else { throw .unreadable }
        for index in first - 1..<first - 1 + count {
            let page = qpdf_get_page_n(source, index)
            defer { qpdf_oh_release_all(source) }
            try keepOwnPictures(of: page)
            guard qpdf_add_page(part, source, page, QPDF_FALSE) & QPDF_ERRORS == 0 else { throw .unreadable }
        }
        guard qpdf_init_write_memory(part) & QPDF_ERRORS == 0 else { throw .unreadable }
        qpdf_set_deterministic_ID(part, QPDF_TRUE)
        qpdf_set_compress_streams(part, QPDF_FALSE)
        qpdf_set_decode_level(part, qpdf_dl_none)
        guard qpdf_write(part) & QPDF_ERRORS == 0, let bytes = qpdf_get_buffer(part) else { throw .unreadable }
        return Array(UnsafeBufferPointer(start: bytes, count: qpdf_get_buffer_length(part)))
    }

    /// Some scanners give all pages one list of pictures. Cut off with that list, one person's paper would carry
    /// everybody else's along unseen.
    private func keepOwnPictures(of page: qpdf_oh) throws(PileFault) {
        let resources = qpdf_oh_get_key(source, page, "/Resources")
        guard qpdf_oh_is_dictionary(source, resources) == QPDF_TRUE else { return }
        let pictures = qpdf_oh_get_key(source, resources, "/XObject")
        guard qpdf_oh_is_dictionary(source, pictures) == QPDF_TRUE else { return }
        var content: UnsafeMutablePointer<UInt8>?
        var length = 0
        guard qpdf_oh_get_page_content_data(source, page, &content, &length) & QPDF_ERRORS == 0, let content else {
            throw .unreadable
        }
        defer { free(content) }
        let drawn = PileCutter.names(in: UnsafeBufferPointer(start: content, count: length))
        // Both lists are this page's own from now on.
        let ownResources = qpdf_oh_new_dictionary(source)
        for key in keys(of: resources) {
            qpdf_oh_replace_key(source, ownResources, key, qpdf_oh_get_key(source, resources, key))
        }
        let ownPictures = qpdf_oh_new_dictionary(source)
        for key in keys(of: pictures) where drawn.contains(key) {
            qpdf_oh_replace_key(source, ownPictures, key, qpdf_oh_get_key(source, pictures, key))
        }
        qpdf_oh_replace_key(source, ownResources, "/XObject", ownPictures)
        qpdf_oh_replace_key(source, page, "/Resources", ownResources)
    }

    private func keys(of dictionary: qpdf_oh) -> [String] {
        var keys: [String] = []
        qpdf_oh_begin_dict_key_iter(source, dictionary)
        while qpdf_oh_dict_more_keys(source) == QPDF_TRUE {
            if let key = qpdf_oh_dict_next_key(source) { keys.append(String(cString: key)) }
        }
        return keys
    }

    /// Everything in a page's content that looks like a name: rather a picture too many than one too few.
    private static func names(in content: UnsafeBufferPointer<UInt8>) -> Set<String> {
        var names: Set<String> = []
        var start: Int?
        for index in 0...content.count {
            let byte = index < content.count ? content[index] : 32
            let ends = byte <= 32 || "/[]<>(){}%".utf8.contains(byte)
            if let first = start, ends {
                names.insert(String(decoding: content[first..<index], as: UTF8.self))
                start = nil
            }
            if byte == UInt8(ascii: "/") { start = index }
        }
        return names
    }
}
